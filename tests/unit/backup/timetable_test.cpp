// When a backup is due (BAK-01).

#include "backup/timetable.h"

#include <gtest/gtest.h>

#include <random>

#include "base/jst.h"

namespace gw::backup {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

CivilTime at(std::string_view text) { return CivilTime(*parse_jst_text(text)); }
std::string text_of(CivilTime time) {
  return to_jst_text(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()));
}

const CivilTime kNoon = at("2026-11-29T12:00:00+09:00");
const CivilTime kTonight = at("2026-11-30T03:10:00+09:00");

History with_daily(std::string_view when) {
  History history;
  history.last_daily = history.last = at(when);
  return history;
}

TEST(TimetableTest, the_first_one_is_due_at_once) { EXPECT_LE(next_due({}, kNoon).at, kNoon); }

TEST(TimetableTest, one_a_day_is_made_at_ten_past_three_in_japan) {
  const Due due = next_due(with_daily("2026-11-29T03:10:05+09:00"), kNoon);
  EXPECT_EQ(text_of(due.at), text_of(kTonight));
  EXPECT_EQ(due.kind, Kind::daily);
  EXPECT_LE(next_due(with_daily("2026-11-29T03:10:05+09:00"), kTonight).at, kTonight);
}

TEST(TimetableTest, a_box_that_was_off_makes_up_for_it) {
  EXPECT_LE(next_due(with_daily("2026-11-28T03:10:05+09:00"), kNoon).at, kNoon);
}

TEST(TimetableTest, a_confirmed_change_is_backed_up_at_once_and_once) {
  History history = with_daily("2026-11-29T03:10:05+09:00");
  history.last_confirmed = kNoon - minutes(1);
  EXPECT_EQ(next_due(history, kNoon).kind, Kind::confirmed);
  EXPECT_LE(next_due(history, kNoon).at, kNoon);
  history.last = kNoon;
  EXPECT_EQ(next_due(history, kNoon).kind, Kind::daily);
  EXPECT_EQ(text_of(next_due(history, kNoon).at), text_of(kTonight));
}

TEST(TimetableTest, what_failed_is_tried_again_later_and_later) {
  EXPECT_EQ(wait_after(0), minutes(0));
  EXPECT_EQ(wait_after(1), minutes(5));
  EXPECT_EQ(wait_after(2), minutes(10));
  EXPECT_EQ(wait_after(6), minutes(160));
  EXPECT_EQ(wait_after(7), hours(4));
  EXPECT_EQ(wait_after(4'000'000'000), hours(4));
  History history;
  history.failures = 2;
  history.last_failure = kNoon;
  EXPECT_EQ(next_due(history, kNoon).at, kNoon + minutes(10));
}

TEST(TimetableTest, a_clock_that_was_ahead_holds_nothing_up) {
  History history = with_daily("2031-01-01T03:10:05+09:00");
  EXPECT_LE(next_due(history, kNoon).at, kNoon);
  history.failures = 3;
  history.last_failure = at("2031-01-01T03:10:05+09:00");
  EXPECT_LE(next_due(history, kNoon).at, kNoon);
  history = with_daily("2026-11-29T03:10:05+09:00");
  history.last = at("2031-01-01T03:10:05+09:00");
  history.last_confirmed = kNoon - hours(1);
  EXPECT_EQ(next_due(history, kNoon).kind, Kind::confirmed);
}

/// Time goes on in steps, backups are made when they are due, some fail: each day gets its own, and there are
/// no more than that and one for each change.
TEST(TimetableTest, a_year_of_days_has_a_backup_each) {
  std::mt19937 random(9);
  History history;
  CivilTime now = kNoon;
  std::size_t made = 0, dailies = 0, changes = 0, failures = 0;
  const CivilTime end = kNoon + std::chrono::days(365);
  while (now < end) {
    if (random() % 500 == 0) history.last_confirmed = now, changes += 1;
    const Due due = next_due(history, now);
    if (due.at <= now) {
      if (random() % 10 == 0) {
        history.failures += 1, failures += 1;
        history.last_failure = now;
      } else {
        history.failures = 0;
        history.last = now;
        if (due.kind == Kind::daily) history.last_daily = now, dailies += 1;
        made += 1;
      }
    }
    now += minutes(1 + random() % 10);
  }
  EXPECT_EQ(dailies, 366u);
  EXPECT_LE(made, dailies + changes);
  EXPECT_GT(made, dailies);
  EXPECT_GT(failures, 20u);
}

}  // namespace
}  // namespace gw::backup
