#include "daemons/supervisor/update_watch.h"

#include <filesystem>
#include <fstream>

#include "part_test.h"

namespace gw::supervisor {
namespace {

using model::UpdateStage;
using model::UpdateState;
using testing::AllOf;
using testing::HasSubstr;

class UpdateWatching : public PartTest {
 protected:
  UpdateWatching() { watch = std::make_unique<UpdateWatch>(*journal, clock, folder); }
  /// As sekisho-slot does.
  void tell(const std::string& text) {
    std::ofstream(folder + "/update") << text;
    clock.advance(std::chrono::seconds(3));
    watch->tick(clock.now(), window);
  }
  void tell(const UpdateState& state) { tell(model::to_text(state)); }
  /// A folder with something in it stands where the order is to be.
  void block_orders(bool are_blocked) {
    if (are_blocked)
      std::filesystem::create_directories(folder + "/restart/in the way");
    else
      std::filesystem::remove_all(folder + "/restart");
  }
  bool is_ordered() const { return std::filesystem::exists(folder + "/restart"); }

  std::unique_ptr<UpdateWatch> watch;
  std::optional<model::DailyWindow> window{};
};

const UpdateState kWaiting{"0.1.0", "a", false, UpdateState::Last{UpdateStage::waiting, "b", ""}};
const ipc::op::RestartOrder kOrder{{"first", "clinic_admin", "10.19.1.100", "s1"}, "after hours"};

TEST_F(UpdateWatching, box_of_no_image_records_nothing_and_has_nothing_to_try) {
  watch->tick(clock.now(), window);
  EXPECT_FALSE(watch->state().is_appliance());
  const auto refused = watch->restart(kOrder);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::update_none_waiting);
  EXPECT_EQ(recorded(), "");
  EXPECT_FALSE(is_ordered());
}

TEST_F(UpdateWatching, what_changes_is_recorded_once) {
  tell(kWaiting);
  EXPECT_THAT(recorded(),
              AllOf(HasSubstr("update.told"), HasSubstr("0.1.0 in slot a"), HasSubstr("slot b: waiting")));
  tell(kWaiting);
  EXPECT_EQ(recorded(), "");
  tell({"0.2.0", "b", true, kWaiting.last});
  EXPECT_THAT(recorded(), AllOf(HasSubstr("0.2.0 in slot b"), HasSubstr("on trial")));
}

TEST_F(UpdateWatching,
       image_that_waits_is_tried_when_somebody_says_so_and_who_is_recorded) {  // UPD-01, LOG-01
  tell(kWaiting);
  (void)recorded();
  ASSERT_TRUE(watch->restart(kOrder));
  EXPECT_TRUE(is_ordered());
  EXPECT_THAT(recorded(), AllOf(HasSubstr("update.restart"), HasSubstr("first"), HasSubstr("after hours")));
}

TEST_F(UpdateWatching, image_that_waits_is_tried_by_itself_in_the_window_that_the_site_chose) {  // UPD-01
  using namespace std::chrono_literals;
  window = {2h, 4h};
  clock.set_civil(
      CivilTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 16h + 30min));  // 01:30 in Japan
  tell(kWaiting);
  EXPECT_FALSE(is_ordered());
  EXPECT_EQ(watch->state().window, window);
  (void)recorded();
  clock.advance(31min);
  watch->tick(clock.now(), window);
  EXPECT_TRUE(is_ordered());
  EXPECT_THAT(recorded(), AllOf(HasSubstr("update.restart"), HasSubstr("02:00-04:00"), HasSubstr("slot b")));
  clock.advance(1min);
  watch->tick(clock.now(), window);
  EXPECT_EQ(recorded(), "") << "once is enough";
}

TEST_F(UpdateWatching, in_the_window_nothing_but_an_image_that_waits_is_tried) {
  using namespace std::chrono_literals;
  window = {9h, 10h};  // in which the test's clock begins
  for (const UpdateStage stage :
       {UpdateStage::refused, UpdateStage::kept, UpdateStage::given_up, UpdateStage::lost}) {
    tell({"0.1.0", "a", false, UpdateState::Last{stage, "b", ""}});
    EXPECT_FALSE(is_ordered()) << model::word_of(stage);
  }
  tell({"0.2.0", "b", true, kWaiting.last});
  EXPECT_FALSE(is_ordered()) << "it is being tried";
}

TEST_F(UpdateWatching, start_that_could_not_be_ordered_is_told_as_such_and_ordered_later) {
  using namespace std::chrono_literals;
  window = {9h, 10h};
  block_orders(true);
  tell(kWaiting);
  EXPECT_THAT(recorded(), AllOf(HasSubstr("update.told"), Not(HasSubstr("update.restart"))));
  block_orders(false);
  clock.advance(1min);
  watch->tick(clock.now(), window);
  EXPECT_TRUE(is_ordered());
  EXPECT_THAT(recorded(), HasSubstr("update.restart"));
}

TEST_F(UpdateWatching, what_nobody_waits_for_is_not_tried) {
  for (const UpdateStage stage : {UpdateStage::installing, UpdateStage::refused, UpdateStage::interrupted,
                                  UpdateStage::kept, UpdateStage::given_up, UpdateStage::lost}) {
    tell({"0.1.0", "a", false, UpdateState::Last{stage, "b", ""}});
    EXPECT_FALSE(watch->restart(kOrder)) << model::word_of(stage);
  }
  tell({"0.2.0", "b", true, kWaiting.last});
  EXPECT_FALSE(watch->restart(kOrder)) << "it is being tried";
  EXPECT_FALSE(is_ordered());
}

TEST_F(UpdateWatching, who_has_the_fetched_image_installed_is_recorded_and_a_unit_is_told) {  // UPD-01, LOG-01
  const ipc::op::InstallOrder install{kOrder.by, "after hours", "0.2.0", std::string(64, 'd')};
  const std::filesystem::path word = folder + "/install";
  tell(UpdateState{"0.1.0", "a", false, {}});
  recorded();
  ASSERT_TRUE(watch->install(install));
  EXPECT_TRUE(std::filesystem::exists(word));
  EXPECT_FALSE(is_ordered()) << "it is tried when somebody says so";
  EXPECT_THAT(recorded(), AllOf(HasSubstr("update.install"), HasSubstr("first"), HasSubstr("after hours"),
                                HasSubstr("0.2.0"), HasSubstr(install.sha256)));
}

TEST_F(UpdateWatching, nothing_is_installed_where_there_is_no_other_slot_or_it_is_in_use) {
  const ipc::op::InstallOrder install{{}, "the window is open", "0.2.0", std::string(64, 'd')};
  const auto is_refused = [&] {
    const auto refused = watch->install(install);
    return !refused && refused.error().code == ErrorCode::update_none_fetched &&
           !std::filesystem::exists(folder + "/install");
  };
  EXPECT_TRUE(is_refused()) << "no appliance";
  tell({"0.1.0", "a", false, UpdateState::Last{UpdateStage::installing, "b", ""}});
  EXPECT_TRUE(is_refused()) << "it is written";
  tell({"0.2.0", "b", true, kWaiting.last});
  EXPECT_TRUE(is_refused()) << "one is tried, and what is there is the way back";
}

TEST_F(UpdateWatching, nonsense_is_told_and_leaves_what_was_known) {
  tell(kWaiting);
  (void)recorded();
  tell("version \n");
  EXPECT_THAT(recorded(), HasSubstr("text.malformed"));
  EXPECT_TRUE(watch->state().is_waiting());
}

}  // namespace
}  // namespace gw::supervisor
