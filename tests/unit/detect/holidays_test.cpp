// On which days a clinic is closed. The holidays of 2026 and 2027 as the Cabinet Office lists them; of other
// years those days that are there by the rules of article 3, and the equinoxes.

#include "detect/holidays.h"

#include <gmock/gmock.h>

namespace gw::detect {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using testing::ElementsAre;

bool is_off(int year, unsigned month, unsigned day) {
  const sys_days date(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
  return is_day_off(static_cast<Day>(date.time_since_epoch().count()));
}

/// "1/12", but for Sundays and the turn of the year.
std::vector<std::string> holidays_of(int year) {
  std::vector<std::string> out;
  const sys_days first(std::chrono::year(year) / 1 / 4), last(std::chrono::year(year) / 12 / 28);
  for (sys_days day = first; day <= last; day += days(1)) {
    const std::chrono::year_month_day date(day);
    const unsigned month = static_cast<unsigned>(date.month()), of_month = static_cast<unsigned>(date.day());
    if (std::chrono::weekday(day) != std::chrono::Sunday && is_off(year, month, of_month))
      out.push_back(std::to_string(month) + "/" + std::to_string(of_month));
  }
  return out;
}

TEST(Holidays, are_those_of_the_law) {
  EXPECT_THAT(holidays_of(2026),
              ElementsAre("1/12", "2/11", "2/23", "3/20", "4/29", "5/4", "5/5", "5/6", "7/20", "8/11", "9/21",
                          "9/22", "9/23", "10/12", "11/3", "11/23"));
  EXPECT_THAT(holidays_of(2027), ElementsAre("1/11", "2/11", "2/23", "3/22", "4/29", "5/3", "5/4", "5/5",
                                             "7/19", "8/11", "9/20", "9/23", "10/11", "11/3", "11/23"));
}

TEST(Holidays, the_next_working_day_stands_in_for_one_on_a_sunday) {
  EXPECT_TRUE(is_off(2026, 5, 6)) << "the third of May, behind two more holidays";
  EXPECT_TRUE(is_off(2029, 2, 12));
  EXPECT_FALSE(is_off(2028, 2, 12)) << "the eleventh was a Friday";
}

TEST(Holidays, a_day_between_two_is_one) {
  EXPECT_TRUE(is_off(2032, 9, 21));
  EXPECT_FALSE(is_off(2031, 9, 22)) << "the twenty-third is, the twenty-first is a Sunday without a name";
}

TEST(Holidays, equinoxes_move) {
  EXPECT_TRUE(is_off(2024, 9, 23)) << "the twenty-second was a Sunday";
  EXPECT_TRUE(is_off(2025, 3, 20));
  EXPECT_TRUE(is_off(2028, 9, 22));
  EXPECT_FALSE(is_off(2025, 3, 21));
}

TEST(Holidays, the_turn_of_the_year_counts_as_one) {
  for (const unsigned day : {29u, 30u, 31u}) EXPECT_TRUE(is_off(2026, 12, day)) << day;
  for (const unsigned day : {1u, 2u, 3u}) EXPECT_TRUE(is_off(2026, 1, day)) << day;
  EXPECT_FALSE(is_off(2026, 12, 28));
  EXPECT_FALSE(is_off(2027, 1, 4));
}

TEST(Holidays, no_number_of_a_day_is_too_large) {
  for (const int day : {0, 1, UINT16_MAX}) static_cast<void>(is_day_off(static_cast<Day>(day)));
}

}  // namespace
}  // namespace gw::detect
