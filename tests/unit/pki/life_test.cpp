// How much of a certificate's time is left, and which alarm is due (CRT-03, CRT-05).

#include "pki/life.h"

#include <gtest/gtest.h>

namespace gw::pki {
namespace {

using std::chrono::seconds;
constexpr seconds kDay{86'400}, kSecond{1};
constexpr Life kLife{300 * kDay, 600 * kDay};

TEST(LifeTest, it_is_due_once_two_thirds_are_over_and_not_before) {
  EXPECT_FALSE(kLife.is_due(500 * kDay - kSecond));
  EXPECT_TRUE(kLife.is_due(500 * kDay));
  EXPECT_TRUE(kLife.is_due(700 * kDay));
}

TEST(LifeTest, each_step_begins_on_its_day) {
  EXPECT_EQ(kLife.step(540 * kDay - kSecond), std::nullopt);
  for (const long days : {60, 30, 14, 7, 1}) {
    EXPECT_EQ(kLife.step(600 * kDay - days * kDay), days);
    EXPECT_NE(kLife.step(600 * kDay - days * kDay - kSecond), days) << days;
  }
  EXPECT_EQ(kLife.step(600 * kDay - kSecond), 1);
  EXPECT_EQ(kLife.step(600 * kDay), 0);
  EXPECT_EQ(kLife.step(900 * kDay), 0);
}

TEST(LifeTest, days_and_share_are_counted_down_to_nothing) {
  EXPECT_EQ(kLife.days(), 300);
  EXPECT_EQ(kLife.days_left(450 * kDay), 150);
  EXPECT_EQ(kLife.days_left(600 * kDay - kSecond), 0);
  EXPECT_EQ(kLife.days_left(900 * kDay), 0);
  EXPECT_EQ(kLife.percent_left(200 * kDay), 100);
  EXPECT_EQ(kLife.percent_left(450 * kDay), 50);
  EXPECT_EQ(kLife.percent_left(900 * kDay), 0);
  EXPECT_EQ((Life{kDay, kDay}).percent_left(kDay), 0);
}

}  // namespace
}  // namespace gw::pki
