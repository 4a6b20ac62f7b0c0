#include "slot/decide.h"

#include <gtest/gtest.h>

namespace gw::slot {
namespace {

using Stage = Progress::Stage;

BootEntries order(std::vector<Slot> slots) { return {std::move(slots), {Slot::a, Slot::b}}; }
Progress of(Stage stage, Slot slot = Slot::b) { return {stage, slot, "ab12", {}, {}}; }

TEST(Decide, only_a_written_image_that_runs_behind_the_first_choice_is_on_trial) {
  EXPECT_TRUE(is_on_trial(Slot::b, order({Slot::a}), of(Stage::waiting), true));
  EXPECT_TRUE(is_on_trial(Slot::b, order({Slot::a, Slot::b}), of(Stage::waiting), true));
  EXPECT_TRUE(is_on_trial(Slot::b, order({}), of(Stage::waiting), true)) << "the firmware has lost its order";
  EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::b, Slot::a}), of(Stage::waiting), true)) << "it was kept";
  EXPECT_FALSE(is_on_trial(Slot::a, order({Slot::a}), of(Stage::waiting), true)) << "the old one runs";
  EXPECT_FALSE(is_on_trial(Slot::a, order({Slot::b}), of(Stage::waiting), true))
      << "the firmware could not start its first choice";
  EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::a}), std::nullopt, true));
  for (const Stage stage : {Stage::refused, Stage::interrupted, Stage::kept, Stage::given_up, Stage::lost})
    EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::a}), of(stage), true)) << model::word_of(stage);
}

TEST(Decide, image_that_was_written_is_on_trial_although_power_went_before_it_was_said_to_wait) {
  EXPECT_TRUE(is_on_trial(Slot::b, order({Slot::a}), of(Stage::installing), true));
  EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::a, Slot::b}), of(Stage::installing), true))
      << "what stands in the order is the image of before, of which nothing is written yet";
  EXPECT_FALSE(is_on_trial(Slot::a, order({Slot::a}), of(Stage::installing), true));
}

TEST(Decide, image_that_never_proved_itself_and_does_not_open_the_state_is_on_trial) {
  EXPECT_TRUE(is_on_trial(Slot::b, order({Slot::a}), std::nullopt, false));
  EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::a, Slot::b}), std::nullopt, false)) << "it did, once";
  EXPECT_FALSE(is_on_trial(Slot::a, order({Slot::a}), std::nullopt, false)) << "the next start is the same";
  EXPECT_FALSE(is_on_trial(Slot::a, order({}), std::nullopt, false)) << "nor is anything else known of";
  EXPECT_FALSE(is_on_trial(Slot::b, order({Slot::a}), std::nullopt, true)) << "a box that was made anew";
}

TEST(Decide, slot_that_runs_in_the_first_choices_place_is_told_from_one_on_trial) {
  EXPECT_TRUE(is_fallback(Slot::b, false, order({Slot::a, Slot::b})));
  EXPECT_FALSE(is_fallback(Slot::b, true, order({Slot::a})));
  EXPECT_FALSE(is_fallback(Slot::a, false, order({Slot::a, Slot::b})));
  EXPECT_FALSE(is_fallback(Slot::a, false, order({}))) << "the firmware has lost its order";
}

TEST(Decide, update_that_was_under_way_has_come_to_something) {
  struct Row {
    Slot here;
    Stage before, after;
  };
  for (const Row& row :
       {Row{Slot::a, Stage::installing, Stage::interrupted},
        Row{Slot::b, Stage::installing, Stage::interrupted}, Row{Slot::b, Stage::waiting, Stage::kept},
        Row{Slot::a, Stage::waiting, Stage::lost}}) {
    const auto outcome = outcome_of(row.here, false, of(row.before));
    ASSERT_TRUE(outcome) << model::word_of(row.before);
    EXPECT_EQ(outcome->stage, row.after) << model::word_of(row.before);
  }
  EXPECT_FALSE(outcome_of(Slot::b, true, of(Stage::waiting))) << "nobody knows before the trial is over";
  EXPECT_FALSE(outcome_of(Slot::a, false, std::nullopt));
  for (const Stage stage : {Stage::refused, Stage::interrupted, Stage::kept, Stage::given_up, Stage::lost})
    EXPECT_FALSE(outcome_of(Slot::a, false, of(stage))) << model::word_of(stage);
}

TEST(Decide, bundle_that_came_to_something_final_is_not_installed_again) {
  for (const Stage stage : {Stage::waiting, Stage::kept, Stage::given_up}) {
    EXPECT_NE(objection_to("ab12", false, of(stage)), "") << model::word_of(stage);
    EXPECT_EQ(objection_to("cd34", false, of(stage)), "") << model::word_of(stage);
  }
  for (const Stage stage : {Stage::installing, Stage::refused, Stage::interrupted, Stage::lost})
    EXPECT_EQ(objection_to("ab12", false, of(stage)), "") << model::word_of(stage);
  EXPECT_EQ(objection_to("ab12", false, std::nullopt), "");
}

TEST(Decide, nothing_is_installed_while_an_image_is_on_trial) {
  EXPECT_NE(objection_to("cd34", true, of(Stage::waiting)), "");
}

TEST(Decide, changed_root_is_left_only_for_another_slot) {
  BootEntries entries = order({Slot::a, Slot::b});
  EXPECT_FALSE(may_leave(false, entries)) << "the next start would be the same";
  EXPECT_TRUE(may_leave(true, entries)) << "the first choice is another";
  entries.has_next = true;
  EXPECT_TRUE(may_leave(false, entries));
}

}  // namespace
}  // namespace gw::slot
