#include "daemons/supervisor/disposal.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "part_test.h"

namespace gw::supervisor {
namespace {

using Act = ipc::op::DisposalOrder::Act;
using Button = model::BoardState::Button;
using testing::HasSubstr;
using namespace std::chrono_literals;

class Disposing : public PartTest {
 protected:
  Disposing() { disposal = std::make_unique<Disposal>(*journal, clock, folder); }
  /// The refusal's code; nothing if it was done.
  std::optional<ErrorCode> order(Act act, const std::string& who, bool is_appliance = true) {
    const std::string role = who.starts_with("k-") ? "approver" : "clinic_admin";
    const ipc::op::DisposalOrder wanted{act, {who, role, "10.0.0.9", "s1"}, "the lease\nis over"};
    const auto done = disposal->order(wanted, is_appliance, board, up);
    return done ? std::nullopt : std::optional(done.error().code);
  }
  std::string word_after(std::chrono::minutes time) {
    clock.advance(time);
    up += time;
    disposal->tick(clock.now(), board);
    return word();
  }
  std::string word() const {
    std::ostringstream text;
    text << std::ifstream(folder + "/dispose").rdbuf();
    return text.str();
  }

  model::BoardState board{};
  std::chrono::milliseconds up = 6min;  // since the machine's start
  std::unique_ptr<Disposal> disposal;
};

TEST_F(Disposing, two_persons_have_it_done_and_both_are_recorded) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(word(), "") << "one person can have nothing erased";
  ASSERT_TRUE(disposal->state(true).proposal);
  EXPECT_EQ(disposal->state(true).proposal->by, "m-sato");
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  EXPECT_THAT(word_after(Disposal::kGrace),
              testing::MatchesRegex(
                  "proposed m-sato\nat [0-9]+\nreason the lease is over\nagreed k-ito\nbutton none\n"));
  EXPECT_EQ(disposal->state(true).agreed_by, "k-ito");
  const std::string records = recorded();
  for (const char* each : {"disposal.proposed", "disposal.agreed", "m-sato", "k-ito"})
    EXPECT_THAT(records, HasSubstr(each));
}

TEST_F(Disposing, who_proposed_it_cannot_agree) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "m-sato"), ErrorCode::disposal_same_person);
  EXPECT_EQ(word(), "");
}

TEST_F(Disposing, second_account_of_the_same_role_is_no_second_person) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "m-sato2"), ErrorCode::disposal_same_person)
      << "an administrator makes administrators";
  EXPECT_EQ(order(Act::withdraw, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::propose, "k-ito"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito2"), ErrorCode::disposal_same_person) << "an approver appoints approvers";
  EXPECT_EQ(order(Act::agree, "m-sato"), std::nullopt);
  EXPECT_THAT(word_after(Disposal::kGrace), HasSubstr("proposed k-ito\n"));
}

TEST_F(Disposing, what_was_agreed_is_withdrawn_until_its_moment_and_not_later) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  EXPECT_TRUE(disposal->is_agreed());
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_proposed_already);
  EXPECT_EQ(word_after(Disposal::kGrace - 1min), "");
  EXPECT_EQ(order(Act::withdraw, "m-sato"), std::nullopt);
  EXPECT_FALSE(disposal->is_agreed());
  EXPECT_EQ(word_after(Disposal::kGrace), "");

  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  EXPECT_NE(word_after(Disposal::kGrace), "");
  EXPECT_EQ(order(Act::withdraw, "m-sato"), ErrorCode::disposal_none_proposed);
  EXPECT_EQ(order(Act::propose, "m-sato"), ErrorCode::disposal_proposed_already);
}

TEST_F(Disposing, box_with_a_button_does_nothing_unless_somebody_presses_it) {
  board = {.button = Button::watched, .pressed = 5min};
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(disposal->state(true).button, model::DisposalState::Button::none);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  EXPECT_EQ(disposal->state(true).button, model::DisposalState::Button::needed)
      << "what was pressed before was no answer to it";
  EXPECT_EQ(word_after(Disposal::kGrace), "");
  EXPECT_FALSE(disposal->state(true).proposal);
  EXPECT_FALSE(disposal->is_agreed());
  EXPECT_THAT(recorded(), HasSubstr("nobody pressed the box's button"));

  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  board.pressed = up + 1ms;
  EXPECT_EQ(word_after(1min), "") << "and it stays withdrawable";
  EXPECT_EQ(disposal->state(true).button, model::DisposalState::Button::pressed);
  EXPECT_THAT(word_after(Disposal::kGrace), HasSubstr("button pressed\n"));
  EXPECT_THAT(recorded(), HasSubstr("somebody pressed the box's button"));
}

TEST_F(Disposing, button_that_is_torn_off_or_a_panel_that_starts_anew_presses_nothing) {
  board = {.button = Button::watched, .pressed = 5min};
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  board = {};
  EXPECT_EQ(word_after(5min), "");
  EXPECT_EQ(disposal->state(true).button, model::DisposalState::Button::needed);
  EXPECT_EQ(word_after(Disposal::kGrace), "");
}

TEST_F(Disposing, press_that_began_before_the_agreement_is_no_answer_to_it_whenever_it_is_told) {
  board.button = Button::watched;
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  board.pressed = up;  // the hand that let go since
  EXPECT_EQ(word_after(1min), "");
  EXPECT_EQ(disposal->state(true).button, model::DisposalState::Button::needed);
  EXPECT_EQ(word_after(Disposal::kGrace), "");
  EXPECT_THAT(recorded(), HasSubstr("nobody pressed the box's button"));
}

TEST_F(Disposing, board_whose_button_nobody_watches_is_not_disposed_of) {
  board.button = Button::unwatched;
  EXPECT_EQ(order(Act::propose, "m-sato"), ErrorCode::disposal_button_unwatched);
  board.button = Button::watched;
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  board.button = Button::unwatched;
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_button_unwatched);
  EXPECT_EQ(order(Act::withdraw, "m-sato"), std::nullopt) << "that takes no button";
  EXPECT_EQ(word_after(Disposal::kGrace), "");
}

TEST_F(Disposing, clock_that_is_set_prolongs_no_proposal) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  clock.advance(Disposal::kStands);
  clock.set_civil(clock.civil_now() - 24h);
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_none_proposed);
}

TEST_F(Disposing, order_that_cannot_be_left_is_told_and_tried_again) {
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), std::nullopt);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(word_after(Disposal::kGrace), "");
  EXPECT_THAT(recorded(), HasSubstr("dispose"));
  std::filesystem::create_directory(folder);
  EXPECT_NE(word_after(1min), "");
}

TEST_F(Disposing, nobody_agrees_to_what_nobody_proposed_or_was_withdrawn_or_is_over) {
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_none_proposed);
  EXPECT_EQ(order(Act::withdraw, "k-ito"), ErrorCode::disposal_none_proposed);
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  EXPECT_EQ(order(Act::propose, "k-ito"), ErrorCode::disposal_proposed_already);
  EXPECT_EQ(order(Act::withdraw, "k-ito"), std::nullopt);
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_none_proposed);
  EXPECT_EQ(order(Act::propose, "m-sato"), std::nullopt);
  clock.advance(Disposal::kStands);
  EXPECT_EQ(order(Act::agree, "k-ito"), ErrorCode::disposal_none_proposed);
  EXPECT_FALSE(disposal->state(true).proposal);
  EXPECT_EQ(order(Act::propose, "k-ito"), std::nullopt) << "it may be proposed again";
  EXPECT_EQ(word(), "");
}

TEST_F(Disposing, computer_that_runs_from_no_image_of_ours_erases_nothing) {
  EXPECT_EQ(order(Act::propose, "m-sato", false), ErrorCode::disposal_impossible);
  EXPECT_FALSE(disposal->state(false).is_possible);
}

}  // namespace
}  // namespace gw::supervisor
