// When is what done, and what is said of what is not (CRT-03, CRT-05).

#include "est/timetable.h"

#include <gtest/gtest.h>

#include "pki/certificate.h"
#include "support/test_pki.h"

namespace gw::est {
namespace {

using std::chrono::seconds;

constexpr seconds kDay{86'400};
constexpr pki::Life kLife{10 * kDay, 310 * kDay};  // 300 days

long step_at(const pki::Life& life, seconds left) {
  const auto alarm = alarm_of(life, life.ends - left);
  return alarm ? alarm->step : -1;
}

TEST(TimetableTest, it_is_due_after_two_thirds_and_within_a_24th_more) {
  const auto two_thirds = kLife.begins + 200 * kDay;
  EXPECT_EQ(due_at(kLife, 0), two_thirds);
  for (const Spread spread : {1u, 12'345u, 4'000'000'000u, 0xffffffffu}) {
    EXPECT_GE(due_at(kLife, spread), two_thirds);
    EXPECT_LT(due_at(kLife, spread), two_thirds + 300 * kDay / 24);
    EXPECT_TRUE(kLife.is_due(due_at(kLife, spread))) << "sekisho cert expiry says the same";
  }
  EXPECT_FALSE(kLife.is_due(due_at(kLife, 0) - seconds(1)));
}

TEST(TimetableTest, boxes_are_spread_and_one_box_stays_where_it_is) {
  const auto ca = support::TestCa::root();
  const auto first = pki::read_certificates(ca.issue({}).chain_pem),
             second = pki::read_certificates(ca.issue({}).chain_pem);
  EXPECT_EQ(spread_of(first->front().get()), spread_of(first->front().get()));
  EXPECT_NE(spread_of(first->front().get()), spread_of(second->front().get()));
}

TEST(TimetableTest, a_certificate_is_good_then_due_then_expired) {
  const auto due = due_at(kLife, 77);
  EXPECT_EQ(standing_of(kLife, 77, due - seconds(1)), Standing::good);
  EXPECT_EQ(standing_of(kLife, 77, due), Standing::due);
  EXPECT_EQ(standing_of(kLife, 77, kLife.ends - seconds(1)), Standing::due);
  EXPECT_EQ(standing_of(kLife, 77, kLife.ends), Standing::expired);
  const pki::Life none{kDay, kDay};
  EXPECT_EQ(standing_of(none, 77, kDay), Standing::expired) << "and nothing is divided by nothing";
}

TEST(TimetableTest, a_long_life_is_told_by_days) {
  for (const long days : {60, 30, 14, 7, 1}) {
    EXPECT_EQ(step_at(kLife, days * kDay), days);
    EXPECT_NE(step_at(kLife, days * kDay + seconds(1)), days);
  }
  EXPECT_EQ(step_at(kLife, seconds(0)), 0);
  EXPECT_EQ(step_at(kLife, -5 * kDay), 0);
}

TEST(TimetableTest, a_short_life_is_told_by_its_part) {
  const pki::Life week{0 * kDay, 7 * kDay};
  EXPECT_EQ(step_at(week, 7 * kDay), -1) << "a new one is no alarm, though it has a week only";
  EXPECT_EQ(step_at(week, 7 * kDay * 34 / 100), -1);
  EXPECT_EQ(step_at(week, 7 * kDay * 33 / 100), 60);
  EXPECT_EQ(step_at(week, 7 * kDay * 10 / 100), 14);
  EXPECT_EQ(step_at(week, 7 * kDay / 200), 1);
}

TEST(TimetableTest, an_alarm_says_what_is_left) {
  const auto alarm = alarm_of(kLife, kLife.ends - 45 * kDay);
  ASSERT_TRUE(alarm);
  EXPECT_EQ(alarm->days_left, 45);
  EXPECT_EQ(alarm->percent_left, 15);
}

TEST(TimetableTest, pauses_are_long_while_there_is_time_and_short_at_the_end) {
  const auto pause = [](seconds left) { return pause_after_failure(kLife, 0, kLife.ends - left); };
  EXPECT_EQ(pause(100 * kDay), seconds(12 * 3600));
  EXPECT_EQ(pause(10 * kDay), seconds(6 * 3600));
  EXPECT_EQ(pause(seconds(3600)), seconds(300));
  EXPECT_EQ(pause(seconds(-1)), seconds(900));
  EXPECT_EQ(pause_after_failure(std::nullopt, 0, kDay), seconds(900));
  for (const Spread spread : {1u, 4'000'000'000u}) {
    EXPECT_GE(pause_after_failure(kLife, spread, kLife.ends - 10 * kDay), seconds(6 * 3600));
    EXPECT_LT(pause_after_failure(kLife, spread, kLife.ends - 10 * kDay), seconds(6 * 3600 * 5 / 4));
  }
}

TEST(TimetableTest, who_is_put_off_waits_as_long_as_was_said) {
  EXPECT_EQ(pause_when_put_off(seconds(4321), seconds(900)), seconds(4321));
  EXPECT_EQ(pause_when_put_off(seconds(0), seconds(900)), seconds(60));
  EXPECT_EQ(pause_when_put_off(std::nullopt, seconds(900)), seconds(900));
}

}  // namespace
}  // namespace gw::est
