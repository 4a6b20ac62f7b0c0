// Five failures in any fifteen minutes, and what follows (ADM-03).

#include "accounts/lockout.h"

#include <gtest/gtest.h>

#include "support/mutations.h"

namespace gw::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr CivilTime kStart{hours(400'000)};
constexpr std::chrono::microseconds kTick{1};

/// So many failures, so far apart.
Strikes after(int failures, std::chrono::microseconds apart, CivilTime first = kStart, Strikes strikes = {}) {
  for (int i = 0; i < failures; ++i) strikes = strikes.after_failure(first + i * apart);
  return strikes;
}

TEST(LockoutTest, five_lock_and_four_do_not) {
  EXPECT_FALSE(after(4, seconds(1)).is_locked(kStart + seconds(4)));
  const Strikes locked = after(5, seconds(1));
  EXPECT_TRUE(locked.is_locked(kStart + seconds(4)));
  EXPECT_EQ(locked.locked_until, kStart + seconds(4) + Strikes::kFirstLock);
  EXPECT_FALSE(locked.is_locked(locked.locked_until));
}

TEST(LockoutTest, five_in_any_fifteen_minutes_count_and_none_outside) {
  const auto quarter = std::chrono::microseconds(minutes(15)) / 4;
  EXPECT_EQ(after(50, quarter).locked_until, CivilTime{});
  EXPECT_NE(after(5, quarter - kTick).locked_until, CivilTime{});
  // Four, and four more at once: a window that begins with the first would not see it.
  const Strikes four = after(1, kTick, kStart, after(3, seconds(1), kStart + minutes(14)));
  EXPECT_NE(after(4, seconds(1), kStart + minutes(16), four).locked_until, CivilTime{});
}

TEST(LockoutTest, each_lock_in_a_row_lasts_twice_as_long_up_to_four_hours) {
  Strikes strikes;
  CivilTime now = kStart;
  for (const int expected : {5, 10, 20, 40, 80, 160, 240, 240, 240}) {
    strikes = after(5, kTick, now, strikes);
    EXPECT_EQ(strikes.locked_until, now + 4 * kTick + minutes(expected));
    now = strikes.locked_until;
  }
  for (int i = 0; i < 1000; ++i) {
    strikes = after(5, kTick, now, strikes);
    EXPECT_EQ(strikes.locked_until, now + 4 * kTick + minutes(240));
    now = strikes.locked_until;
  }
}

TEST(LockoutTest, a_quiet_day_begins_anew) {
  const Strikes twice = after(5, kTick, kStart + hours(1), after(5, kTick));
  ASSERT_EQ(twice.locks, 2);
  const CivilTime late = twice.locked_until + hours(24);
  EXPECT_EQ(after(5, kTick, late, twice).locked_until, late + 4 * kTick + minutes(5));
  const CivilTime early = late - minutes(1);
  EXPECT_EQ(after(5, kTick, early, twice).locked_until, early + 4 * kTick + minutes(20));
}

TEST(LockoutTest, a_clock_set_back_makes_no_failure_unhappen) {
  const Strikes four = after(4, seconds(1), kStart + hours(5));
  EXPECT_TRUE(four.after_failure(kStart).is_locked(kStart));
}

TEST(LockoutTest, comes_back_from_the_database_as_it_was) {
  const Strikes strikes = after(3, seconds(7), kStart, after(5, seconds(1), kStart - hours(3)));
  EXPECT_EQ(*decode<Strikes>(encode(strikes)), strikes);
}

TEST(LockoutTest, damaged_octets_are_refused_or_bearable) {
  const support::Octets seed = encode(after(3, seconds(7)));
  std::size_t read = 0;
  const auto try_octets = [&](const support::Octets& octets) {
    const auto strikes = decode<Strikes>(octets);
    if (!strikes) return;
    ++read;
    static_cast<void>(strikes->after_failure(kStart).is_locked(kStart));
    EXPECT_EQ(encode(*strikes), octets);
  };
  support::for_each_cut(seed, try_octets);
  support::for_each_change(seed, try_octets);
  EXPECT_GT(read, 0u);
}

model::IpAddress address(const std::string& text) { return *model::IpAddress::parse(text); }

TEST(LockoutTest, a_source_is_locked_alone) {
  Sources sources;
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(sources.fail(address("10.0.0.1"), kStart));
  EXPECT_EQ(sources.fail(address("10.0.0.1"), kStart), kStart + minutes(5));
  EXPECT_TRUE(sources.is_locked(address("10.0.0.1"), kStart));
  EXPECT_FALSE(sources.is_locked(address("10.0.0.2"), kStart));
  EXPECT_FALSE(sources.is_locked(address("10.0.0.1"), kStart + minutes(5)));
  EXPECT_FALSE(sources.fail(address("10.0.0.1"), kStart)) << "while it is locked nothing counts";
}

TEST(LockoutTest, one_cable_is_one_source) {
  Sources sources;
  for (int i = 0; i < 5; ++i) sources.fail(address("fd00::" + std::to_string(i)), kStart);
  EXPECT_TRUE(sources.is_locked(address("fd00::ffff"), kStart));
  EXPECT_FALSE(sources.is_locked(address("fd00:0:0:1::1"), kStart));
}

TEST(LockoutTest, memory_is_bounded_and_the_oldest_source_goes) {
  Sources sources;
  for (int i = 0; i < 5; ++i) sources.fail(address("10.9.9.9"), kStart + hours(1));
  for (unsigned i = 0; i < 3000; ++i)
    sources.fail(address("10.1." + std::to_string(i / 256) + "." + std::to_string(i % 256)),
                 kStart + seconds(i));
  EXPECT_EQ(sources.size(), Sources::kMost);
  EXPECT_TRUE(sources.is_locked(address("10.9.9.9"), kStart + hours(1)));
}

TEST(LockoutTest, those_turned_away_are_told_of_once) {
  Sources sources;
  sources.turn_away(address("10.0.0.1"));
  EXPECT_EQ(sources.take_turned_away(address("10.0.0.1")), 0u);
  sources.fail(address("10.0.0.1"), kStart);
  sources.turn_away(address("10.0.0.1"));
  sources.turn_away(address("10.0.0.1"));
  EXPECT_EQ(sources.take_turned_away(address("10.0.0.1")), 2u);
  EXPECT_EQ(sources.take_turned_away(address("10.0.0.1")), 0u);
}

}  // namespace
}  // namespace gw::accounts
