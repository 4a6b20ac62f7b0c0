#include "detect/holidays.h"

#include <algorithm>

namespace gw::detect {
namespace {

using std::chrono::days;
using std::chrono::Monday;
using std::chrono::sys_days;
using std::chrono::weekday;
using Date = std::chrono::year_month_day;

struct InYear {
  unsigned month, day;
};
constexpr InYear kOnTheSameDay[] = {{1, 1}, {2, 11}, {2, 23}, {4, 29}, {5, 3},
                                    {5, 4}, {5, 5},  {8, 11}, {11, 3}, {11, 23}};
constexpr struct { unsigned month, which; } kOnAMonday[] = {{1, 2}, {7, 3}, {9, 3}, {10, 2}};
constexpr InYear kTurnOfTheYear[] = {{12, 29}, {12, 30}, {12, 31}, {1, 2}, {1, 3}};

bool is(const Date& date, const InYear& one) {
  return date.month() == std::chrono::month(one.month) && date.day() == std::chrono::day(one.day);
}

/// The day of the month, by the mean motion of the sun since 1980.
unsigned equinox(int year, double in_1980) {
  const int since = year - 1980;
  return static_cast<unsigned>(in_1980 + 0.242194 * since - since / 4);
}

bool is_equinox(const Date& date) {
  const int year = static_cast<int>(date.year());
  return is(date, {3, equinox(year, 20.8431)}) || is(date, {9, equinox(year, 23.2488)});
}

/// Article 2.
bool has_a_name(sys_days day) {
  const Date date(day);
  const auto is_that_monday = [&](const auto& one) {
    return sys_days(date.year() / std::chrono::month(one.month) / Monday[one.which]) == day;
  };
  return std::ranges::any_of(kOnTheSameDay, [&](const InYear& one) { return is(date, one); }) ||
         std::ranges::any_of(kOnAMonday, is_that_monday) || is_equinox(date);
}

/// Article 3, 2: the next day without a name after one that fell on a Sunday.
bool stands_in(sys_days day) {
  for (sys_days before = day - days(1); has_a_name(before); before -= days(1))
    if (weekday(before) == std::chrono::Sunday) return true;
  return false;
}

bool is_holiday(sys_days day) {
  if (has_a_name(day) || stands_in(day)) return true;
  return has_a_name(day - days(1)) && has_a_name(day + days(1));  // article 3, 3
}

}  // namespace

bool is_day_off(Day number) {
  const sys_days day{days(number)};
  const Date date(day);
  return weekday(day) == std::chrono::Sunday || is_holiday(day) ||
         std::ranges::any_of(kTurnOfTheYear, [&](const InYear& one) { return is(date, one); });
}

}  // namespace gw::detect
