#include "model/update_state.h"

#include <gtest/gtest.h>

#include "base/codec.h"

namespace gw::model {
namespace {

using Last = UpdateState::Last;

TEST(UpdateState, everything_comes_back_in_every_stage) {
  for (const UpdateStage stage :
       {UpdateStage::installing, UpdateStage::refused, UpdateStage::interrupted, UpdateStage::waiting,
        UpdateStage::kept, UpdateStage::given_up, UpdateStage::lost}) {
    const UpdateState told{"0.2.0", "b", true, Last{stage, "a", "isolation is broken"}};
    const auto read = read_update_state(to_text(told));
    ASSERT_TRUE(read) << to_text(told);
    EXPECT_EQ(read->version, "0.2.0");
    EXPECT_EQ(read->slot, "b");
    EXPECT_TRUE(read->is_on_trial);
    ASSERT_TRUE(read->last);
    EXPECT_EQ(read->last->stage, stage);
    EXPECT_EQ(read->last->slot, "a");
    EXPECT_EQ(read->last->because, "isolation is broken");
  }
  const auto first = read_update_state(to_text({"0.1.0", "a", false, {}}));
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->last);
  EXPECT_TRUE(first->is_appliance());
}

TEST(UpdateState, slot_that_runs_in_another_ones_place_comes_back_as_such) {
  UpdateState told{"0.2.0", "b", false, {}};
  told.is_fallback = true;
  const auto read = read_update_state(to_text(told));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->is_fallback);
  told.is_fallback = false;
  EXPECT_FALSE(read_update_state(to_text(told))->is_fallback);
}

TEST(UpdateState, bundle_is_told_by_its_digest_or_not_at_all) {
  const std::string digest(64, 'd');
  const auto read =
      read_update_state(to_text({"1", "a", false, Last{UpdateStage::given_up, "b", "worse", digest}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->last->bundle, digest);
  EXPECT_FALSE(encode(*read).empty());
  const std::string line = "version 1\nslot a\ntrial no\nstage lost\nof b\nbecause \n";
  EXPECT_EQ(read_update_state(line)->last->bundle, "");
  for (const char* words : {"bundle d\n", "bundles\n", "more\n"})
    EXPECT_FALSE(read_update_state(line + words)) << words;
}

TEST(UpdateState, image_runs_for_good_once_it_is_on_no_trial) {
  EXPECT_TRUE((UpdateState{"2", "b", false, {}}.runs_for_good("2")));
  EXPECT_FALSE((UpdateState{"2", "b", true, {}}.runs_for_good("2")));
  EXPECT_FALSE((UpdateState{"1", "a", false, {}}.runs_for_good("2")));
  for (const UpdateStage stage : {UpdateStage::refused, UpdateStage::given_up, UpdateStage::lost})
    EXPECT_TRUE(has_failed(stage));
  for (const UpdateStage stage :
       {UpdateStage::installing, UpdateStage::interrupted, UpdateStage::waiting, UpdateStage::kept})
    EXPECT_FALSE(has_failed(stage));
}

TEST(UpdateState, no_reason_brings_a_line_of_its_own) {
  const auto read =
      read_update_state(to_text({"1", "a", false, Last{UpdateStage::refused, "b", "one\nstage kept"}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->last->because, "one stage kept");
}

TEST(UpdateState, reason_of_any_length_can_be_told_to_whoever_asks) {
  const auto read =
      read_update_state(to_text({"1", "a", false, Last{UpdateStage::given_up, "b", std::string(5000, 'x')}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->last->because.size(), kForeignTextLimit);
  EXPECT_FALSE(encode(*read).empty());
  const std::string line = "version 1\nslot a\ntrial no\nstage lost\nof b\nbecause ";
  EXPECT_TRUE(read_update_state(line + std::string(kForeignTextLimit, 'x') + "\n"));
  EXPECT_FALSE(read_update_state(line + std::string(kForeignTextLimit + 1, 'x') + "\n"));
  EXPECT_FALSE(read_update_state("version " + std::string(65, '1') + "\nslot a\ntrial no\n"));
}

TEST(UpdateState, anything_else_is_refused) {
  const std::string good = to_text({"1", "a", false, Last{UpdateStage::kept, "b", ""}});
  for (const std::string& text :
       {std::string(), good.substr(1), good.substr(0, good.size() - 1), good + "more\n",
        "version \n" + good.substr(10), std::string("version 1\nslot c\ntrial no\n"),
        std::string("version 1\nslot a\ntrial no\nstage gone\nof a\nbecause \n")})
    EXPECT_FALSE(read_update_state(text)) << text;
}

TEST(UpdateState, image_waits_until_it_is_started) {
  UpdateState state{"1", "a", false, Last{UpdateStage::waiting, "b", ""}};
  EXPECT_TRUE(state.is_waiting());
  state.is_on_trial = true;
  EXPECT_FALSE(state.is_waiting());
  EXPECT_FALSE((UpdateState{"1", "a", false, Last{UpdateStage::kept, "a", ""}}).is_waiting());
  EXPECT_FALSE(UpdateState{}.is_appliance());
}

}  // namespace
}  // namespace gw::model
