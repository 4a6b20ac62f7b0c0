#include "daemons/supervisor/clock_watch.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/build_time.h"
#include "base/floored_clock.h"
#include "support/manual_clock.h"

// TIM-03: a clock that is wrong opens nothing.

namespace gw::supervisor {
namespace {

using namespace std::chrono_literals;
using News = ClockWatch::News;

const CivilTime kBuilt(std::chrono::sys_days(std::chrono::year(2026) / 6 / 1));
const CivilTime kToday = kBuilt + 100 * 24h;

class ClockWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = "/tmp/gw-clock-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  /// So much true time passes while the clock goes by `gained` more.
  News pass(ClockWatch& watch, Instant::duration time, Instant::duration gained = {}) {
    now += time;
    civil += std::chrono::duration_cast<CivilTime::duration>(time + gained);
    return watch.look(now, civil);
  }
  /// A box that has run for a quarter of an hour with this clock.
  void run_at(CivilTime time) {
    ClockWatch watch(folder, kBuilt);
    civil = time;
    watch.look(now, civil);
    EXPECT_EQ(pass(watch, 15min), News::checkpoint);
  }

  std::string folder;
  Instant now{1h};
  CivilTime civil = kToday;
};

TEST_F(ClockWatchTest, nothing_is_earlier_than_the_build) {
  const ClockWatch watch(folder, kBuilt);
  EXPECT_FALSE(watch.is_right(CivilTime{}));
  EXPECT_FALSE(watch.is_right(kBuilt - 1us));
  EXPECT_TRUE(watch.is_right(kBuilt));
}

TEST_F(ClockWatchTest, a_checkpoint_outlives_a_power_loss) {
  run_at(kToday);
  const ClockWatch watch(folder, kBuilt);
  EXPECT_FALSE(watch.is_right(kToday));
  EXPECT_TRUE(watch.is_right(kToday + 15min));
}

TEST_F(ClockWatchTest, a_clock_that_goes_back_is_told_once_and_when_it_is_right_again) {
  ClockWatch watch(folder, kBuilt);
  EXPECT_EQ(watch.look(now, civil), News::none);
  EXPECT_EQ(pass(watch, 1s, -200 * 24h), News::went_back);
  EXPECT_EQ(pass(watch, 1s), News::none);
  EXPECT_EQ(pass(watch, 20min), News::none) << "a wrong clock makes no checkpoint";
  EXPECT_EQ(pass(watch, 1s, 200 * 24h), News::came_right);
  EXPECT_EQ(pass(watch, 10min), News::checkpoint);
}

TEST_F(ClockWatchTest, a_clock_that_is_wrong_from_the_start_is_told) {
  ClockWatch watch(folder, kBuilt);
  EXPECT_EQ(watch.look(now, CivilTime{}), News::went_back);
}

TEST_F(ClockWatchTest, a_leap_into_the_future_leaves_no_checkpoint_even_if_it_stays_for_hours) {
  ClockWatch watch(folder, kBuilt);
  watch.look(now, civil);
  EXPECT_EQ(pass(watch, 10min, 2 * 365 * 24h), News::none);
  for (int i = 0; i < 12; ++i) EXPECT_EQ(pass(watch, 10min), News::none);
  EXPECT_EQ(pass(watch, 10min, -2 * 365 * 24h), News::checkpoint) << "it is right again";
  EXPECT_LT(watch.earliest(), kToday + 24h);
}

TEST_F(ClockWatchTest, a_clock_that_was_set_is_believed_after_a_day) {
  ClockWatch watch(folder, kBuilt);
  watch.look(now, civil);
  EXPECT_EQ(pass(watch, 10min, 48h), News::none);
  EXPECT_EQ(pass(watch, 24h), News::none);
  EXPECT_EQ(pass(watch, 10min), News::checkpoint);
}

TEST_F(ClockWatchTest, a_clock_beyond_all_years_makes_no_checkpoint_and_ends_nothing) {
  ClockWatch watch(folder, kBuilt);
  civil = kToday + 200 * 366 * 24h;
  watch.look(now, civil);
  EXPECT_EQ(pass(watch, 10min), News::none);
}

TEST_F(ClockWatchTest, a_clock_that_is_being_corrected_makes_checkpoints) {
  ClockWatch watch(folder, kBuilt);
  watch.look(now, civil);
  EXPECT_EQ(pass(watch, 10min, 20s), News::checkpoint);
  EXPECT_EQ(pass(watch, 10min, -20s), News::checkpoint);
}

TEST_F(ClockWatchTest, what_a_wrong_future_left_can_be_forgotten_and_the_build_cannot) {
  run_at(kToday + 40 * 365 * 24h);
  ClockWatch watch(folder, kBuilt);
  EXPECT_FALSE(watch.is_right(kToday));
  ASSERT_TRUE(watch.forget());
  EXPECT_TRUE(watch.is_right(kToday));
  EXPECT_FALSE(watch.is_right(kBuilt - 1s));
  EXPECT_TRUE(ClockWatch(folder, kBuilt).is_right(kToday)) << "for good";
}

TEST_F(ClockWatchTest, a_damaged_checkpoint_strands_no_clinic) {
  for (const std::string text : {"", "x", "\xff\xff\xff\xff\xff\xff\xff\xff", "0123456789"}) {
    std::ofstream(folder + "/clock") << text;
    EXPECT_EQ(ClockWatch(folder, kBuilt).earliest(), kBuilt);
  }
}

TEST(FlooredClock, is_never_before_what_it_was_told) {
  support::ManualClock inner;
  FlooredClock clock(inner);
  EXPECT_EQ(clock.civil_now(), inner.civil_now());
  const CivilTime floor = inner.civil_now() + 1h;
  clock.not_before(floor);
  clock.not_before(floor - 30min);
  EXPECT_EQ(clock.civil_now(), floor);
  inner.set_civil(floor + 2h);
  EXPECT_EQ(clock.civil_now(), inner.civil_now());
}

TEST(FlooredClock, goes_on_from_there_while_the_clock_stands_in_1970) {
  support::ManualClock inner;
  FlooredClock clock(inner);
  const CivilTime floor = inner.civil_now();
  clock.not_before(floor);
  inner.set_civil(CivilTime(7s));
  inner.advance(48h);
  EXPECT_EQ(clock.civil_now(), floor + 48h) << "what ended yesterday has ended";
  clock.not_before(floor);
  EXPECT_EQ(clock.civil_now(), floor + 48h) << "who hears the same again is not set back";
}

TEST(FlooredClock, gives_up_a_future_that_was_none_at_the_next_checkpoint_of_a_right_clock) {
  support::ManualClock inner;
  FlooredClock clock(inner);
  const CivilTime ahead = inner.civil_now() + 24h;
  clock.not_before(ahead);
  inner.advance(25h);
  EXPECT_EQ(clock.civil_now(), ahead + 25h);
  clock.not_before(inner.civil_now());
  EXPECT_EQ(clock.civil_now(), inner.civil_now());
}

TEST(BuildTime, is_between_the_first_line_of_the_sources_and_now) {
  EXPECT_GT(build_time(), CivilTime(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)));
  EXPECT_LE(build_time(), system_clock().civil_now());
}

}  // namespace
}  // namespace gw::supervisor
