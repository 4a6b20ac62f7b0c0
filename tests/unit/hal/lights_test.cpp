#include "hal/lights.h"

#include <gtest/gtest.h>

#include <set>

namespace gw::hal {
namespace {

using model::BoxCondition;
using namespace std::chrono_literals;

/// What a pattern is to somebody who begins to look at any time: the least of its turns.
std::string seen(std::string_view pattern) {
  std::string least(pattern);
  for (std::size_t turn = 0; turn < pattern.size(); ++turn)
    least = std::min(least, std::string(pattern.substr(turn)) + std::string(pattern.substr(0, turn)));
  return least;
}

TEST(Lights, one_light_alone_tells_every_state_from_every_other) {
  std::set<std::string> patterns;
  for (const LightRow& row : light_rows()) EXPECT_TRUE(patterns.insert(seen(row.status)).second) << row.id;
}

TEST(Lights, second_light_is_dark_as_long_as_nobody_has_to_do_anything) {
  for (const LightState state : {LightState::starting, LightState::serving, LightState::trial})
    for (auto moment = 0ms; moment < kPart * static_cast<int>(kParts); moment += kPart)
      EXPECT_FALSE(lit_at(state, moment).attention);
  EXPECT_TRUE(lit_at(LightState::attention, 0ms).attention);
}

TEST(Lights, pattern_takes_two_seconds_and_begins_anew) {
  EXPECT_TRUE(lit_at(LightState::starting, 0ms).status);
  EXPECT_TRUE(lit_at(LightState::starting, 999ms).status);
  EXPECT_FALSE(lit_at(LightState::starting, 1000ms).status);
  EXPECT_FALSE(lit_at(LightState::starting, 1999ms).status);
  EXPECT_TRUE(lit_at(LightState::starting, 2000ms).status);
}

Signs said(BoxCondition condition, std::chrono::milliseconds ago = 0ms) {
  return {.said = model::ConditionSign{condition, 20min - ago}, .now = 20min};
}

TEST(Lights, what_the_supervisor_says_is_shown_as_long_as_it_is_new) {
  EXPECT_EQ(light_for(said(BoxCondition::starting)), LightState::starting);
  EXPECT_EQ(light_for(said(BoxCondition::serving)), LightState::serving);
  EXPECT_EQ(light_for(said(BoxCondition::cloud_unreachable)), LightState::unreachable);
  EXPECT_EQ(light_for(said(BoxCondition::needs_attention)), LightState::attention);
  EXPECT_EQ(light_for(said(BoxCondition::on_trial)), LightState::trial);
  EXPECT_EQ(light_for(said(BoxCondition::serving, 15s)), LightState::serving);
  EXPECT_EQ(light_for(said(BoxCondition::serving, 16s)), LightState::attention) << "it hangs, or has ended";
}

TEST(Lights, box_whose_supervisor_never_said_anything_starts_for_ten_minutes) {
  EXPECT_EQ(light_for({.now = 9min}), LightState::starting);
  EXPECT_EQ(light_for({.now = 10min}), LightState::attention);
}

TEST(Lights, heat_is_shown_on_a_box_that_serves) {
  Signs signs = said(BoxCondition::serving);
  signs.is_board_well = false;
  EXPECT_EQ(light_for(signs), LightState::attention);
  signs = said(BoxCondition::on_trial);
  signs.is_board_well = false;
  EXPECT_EQ(light_for(signs), LightState::trial) << "nobody shall switch it off now";
}

TEST(Lights, button_goes_before_all_else) {
  Signs signs = said(BoxCondition::needs_attention);
  signs.button = LightState::armed;
  EXPECT_EQ(light_for(signs), LightState::armed);
}

}  // namespace
}  // namespace gw::hal
