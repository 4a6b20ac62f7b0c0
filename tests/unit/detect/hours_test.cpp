// When an hour is unlike those at which somebody is at work (decision 0070).

#include "detect/hours.h"

#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// That hour in Japan, so many days after a Monday.
CivilTime japan(int day, int hour) { return at(days(day) + hours(hour) - kJst); }

class HoursTest : public testing::Test {
 protected:
  void work(int day, int from, int until) { hours_.note(japan(day, from), japan(day, until)); }
  bool is_unlike(int day, int hour) const { return hours_.is_unlike(japan(day, hour)); }
  Hours hours_;
};

TEST_F(HoursTest, of_the_working_day_and_one_beside_it_are_usual_and_the_night_is_not) {
  for (int day = 0; day < 5; ++day) work(day, 9, 17);
  for (int hour = 8; hour <= 18; ++hour) EXPECT_FALSE(is_unlike(7, hour)) << hour;
  for (const int hour : {0, 3, 7, 19, 23}) EXPECT_TRUE(is_unlike(7, hour)) << hour;
}

TEST_F(HoursTest, the_second_session_of_the_hour_is_not_told_again) {
  for (int day = 0; day < 5; ++day) work(day, 9, 17);
  work(7, 3, 3);
  EXPECT_FALSE(is_unlike(7, 3));
  EXPECT_TRUE(is_unlike(8, 3)) << "once is not usual";
  work(8, 3, 3);
  EXPECT_FALSE(is_unlike(9, 3)) << "twice is";
}

TEST_F(HoursTest, a_day_that_goes_on_an_hour_longer_than_ever_is_usual) {
  for (int day = 0; day < 2; ++day) work(day, 9, 17);
  work(3, 9, 17);
  EXPECT_FALSE(is_unlike(3, 18));
}

TEST_F(HoursTest, a_sunday_is_another_day) {
  for (int day = 0; day < 6; ++day) work(day, 9, 17);
  EXPECT_TRUE(is_unlike(6, 10));
  for (const int sunday : {6, 13}) work(sunday, 9, 12);
  EXPECT_FALSE(is_unlike(20, 10));
}

TEST_F(HoursTest, a_holiday_is_a_sunday_and_no_monday) {
  constexpr int kMarineDay = 63;  // a Monday
  for (int day = 35; day < kMarineDay; ++day)
    if (day % 7 != 6) work(day, 9, 17);
  EXPECT_TRUE(is_unlike(kMarineDay, 10)) << "nobody is there";
  EXPECT_FALSE(is_unlike(kMarineDay + 1, 10));
  for (const int sunday : {48, 55}) work(sunday, 10, 11);
  EXPECT_FALSE(is_unlike(kMarineDay, 10)) << "somebody is on duty on Sundays";
}

TEST_F(HoursTest, what_runs_at_night_by_itself_knows_no_holidays) {
  constexpr int kMarineDay = 63;
  for (const int monday : {49, 56}) work(monday, 2, 2);
  EXPECT_FALSE(is_unlike(kMarineDay, 2));
  EXPECT_TRUE(is_unlike(kMarineDay - 1, 2)) << "a Sunday";
}

TEST_F(HoursTest, work_on_holidays_is_not_learnt_as_that_of_a_working_day) {
  constexpr int kMarineDay = 63, kMountainDay = 85;
  for (const int day : {kMarineDay, kMountainDay}) work(day, 13, 15);
  EXPECT_TRUE(is_unlike(kMountainDay + 6, 14)) << "a Monday";
  EXPECT_FALSE(is_unlike(kMountainDay + 5, 14)) << "a Sunday";
}

TEST_F(HoursTest, a_night_backup_over_midnight_is_usual_after_two) {
  for (const int day : {0, 1}) hours_.note(japan(day, 23), japan(day + 1, 1));
  for (const int hour : {22, 23}) EXPECT_FALSE(is_unlike(2, hour)) << hour;
  for (const int hour : {0, 1, 2}) EXPECT_FALSE(is_unlike(3, hour)) << hour;
}

TEST_F(HoursTest, what_is_long_ago_is_forgotten) {
  for (int day = 0; day < 5; ++day) work(day, 9, 17);
  EXPECT_FALSE(is_unlike(70, 10));
  EXPECT_TRUE(is_unlike(80, 10));
}

TEST_F(HoursTest, what_somebody_knows_of_is_usual_at_once) {
  for (int day = 0; day < 5; ++day) work(day, 9, 17);
  work(7, 3, 3);
  hours_.accept();
  EXPECT_FALSE(is_unlike(8, 3));
  EXPECT_TRUE(is_unlike(8, 23));
}

TEST_F(HoursTest, a_session_that_lasts_for_a_month_is_of_its_last_day) {
  hours_.note(japan(0, 3), japan(30, 3));
  hours_.note(japan(1, 3), japan(31, 3));
  EXPECT_FALSE(is_unlike(32, 12));
}

}  // namespace
}  // namespace gw::detect
