#include "daemons/supervisor/board_link.h"

#include <filesystem>

#include "base/codec.h"
#include "part_test.h"
#include "sys/slate.h"

namespace gw::supervisor {
namespace {

using model::BoardReading;
using model::BoxCondition;
using testing::AllOf;
using testing::HasSubstr;
using namespace std::chrono_literals;

TEST(BoardLink, box_is_shown_as_it_is) {
  const ipc::op::Faults none{}, box{.box = true}, beyond{.beyond = true}, both{.box = true, .beyond = true};
  EXPECT_EQ(condition_shown(BoxCondition::serving, none, 0s), BoxCondition::serving);
  EXPECT_EQ(condition_shown(BoxCondition::serving, beyond, 0s), BoxCondition::cloud_unreachable);
  EXPECT_EQ(condition_shown(BoxCondition::serving, box, 0s), BoxCondition::needs_attention);
  EXPECT_EQ(condition_shown(BoxCondition::serving, both, 0s), BoxCondition::needs_attention);
  EXPECT_EQ(condition_shown(BoxCondition::on_trial, beyond, 0s), BoxCondition::on_trial)
      << "nobody shall switch it off now";
  EXPECT_EQ(condition_shown(BoxCondition::needs_attention, beyond, 0s), BoxCondition::needs_attention);
}

TEST(BoardLink, box_that_does_not_come_to_serve_needs_somebody) {
  EXPECT_EQ(condition_shown(BoxCondition::starting, {}, 5min - 1ns), BoxCondition::starting);
  EXPECT_EQ(condition_shown(BoxCondition::starting, {}, 5min), BoxCondition::needs_attention);
}

/// With a panel's slates in a folder.
class BoardLinking : public PartTest {
 protected:
  BoardLinking() { link = std::make_unique<BoardLink>(*journal, folder); }
  void panel_starts() {
    condition = *sys::make_slate(folder + model::kConditionFile);
    board = *sys::make_slate(folder + model::kBoardFile);
  }
  void turn(BoxCondition seen, std::chrono::seconds time = 2s) {
    clock.advance(time);
    link->tick(clock.now(), seen);
  }
  std::optional<BoxCondition> shown() const {
    const auto sign = decode<model::ConditionSign>(sys::read_slate(condition.get()));
    return sign ? std::optional(sign->condition) : std::nullopt;
  }
  void measure(std::uint32_t degrees, bool is_well) {
    const model::BoardState state{"vendor-model",
                                  {{BoardReading::Kind::temperature, "processor", degrees, is_well}}};
    ASSERT_TRUE(sys::write_slate(board.get(), encode(state)));
    turn(BoxCondition::serving);
  }

  std::unique_ptr<BoardLink> link;
  UniqueFd condition, board;
};

TEST_F(BoardLinking, box_without_a_panel_tells_nobody_and_makes_no_file) {
  turn(BoxCondition::serving);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  EXPECT_EQ(link->state().board, "");
}

TEST_F(BoardLinking, panel_that_comes_later_is_told) {
  turn(BoxCondition::serving);
  panel_starts();
  turn(BoxCondition::serving);
  EXPECT_EQ(shown(), BoxCondition::serving);
  link->hear({.box = false, .beyond = true});
  turn(BoxCondition::serving);
  EXPECT_EQ(shown(), BoxCondition::cloud_unreachable);
  turn(BoxCondition::starting);
  EXPECT_EQ(shown(), BoxCondition::starting);
  turn(BoxCondition::starting, 299s);
  EXPECT_EQ(shown(), BoxCondition::needs_attention);
  turn(BoxCondition::serving);
  EXPECT_EQ(shown(), BoxCondition::cloud_unreachable) << "it serves again";
}

TEST_F(BoardLinking, what_goes_beyond_its_bounds_is_recorded_once_and_when_it_is_over) {
  panel_starts();
  measure(50, true);
  EXPECT_EQ(recorded(), "");
  measure(97, false);
  EXPECT_THAT(recorded(),
              AllOf(HasSubstr("hardware.attention"), HasSubstr("processor 97 C"), HasSubstr("vendor-model")));
  measure(98, false);
  EXPECT_EQ(recorded(), "");
  EXPECT_EQ(link->state().readings.at(0).value, 98u);
  measure(60, true);
  clock.advance(BoardLink::kToBeWell);
  measure(61, true);
  EXPECT_THAT(recorded(), AllOf(HasSubstr("hardware.well"), HasSubstr("processor 61 C")));
}

TEST_F(BoardLinking, what_swings_about_its_bound_is_one_record) {
  panel_starts();
  measure(97, false);
  EXPECT_THAT(recorded(), HasSubstr("hardware.attention"));
  for (int swing = 0; swing < 20; ++swing) {
    clock.advance(1min);
    measure(swing % 2 == 0 ? 89 : 91, swing % 2 == 0);
  }
  EXPECT_EQ(recorded(), "");
}

TEST_F(BoardLinking, panel_that_is_silent_watches_no_button) {
  using Button = model::BoardState::Button;
  panel_starts();
  for (const auto& [ago, seen] : {std::pair{0s, Button::watched},
                                  {BoardLink::kSilent + 1s, Button::unwatched},
                                  {0s, Button::watched}}) {
    const model::BoardState state{
        .board = "vendor-model", .button = Button::watched, .told = BoardLink::up() - ago};
    ASSERT_TRUE(sys::write_slate(board.get(), encode(state)));
    turn(BoxCondition::serving);
    EXPECT_EQ(link->state().button, seen);
  }
}

TEST_F(BoardLinking, nonsense_from_a_panel_changes_nothing) {
  panel_starts();
  measure(50, true);
  constexpr std::string_view kNonsense = "nonsense";
  ASSERT_TRUE(sys::write_slate(board.get(), as_bytes(kNonsense)));
  turn(BoxCondition::serving);
  EXPECT_EQ(link->state().readings.at(0).value, 50u);
  EXPECT_EQ(recorded(), "");
}

}  // namespace
}  // namespace gw::supervisor
