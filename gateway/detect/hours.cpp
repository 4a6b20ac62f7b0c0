#include "detect/hours.h"

#include <algorithm>
#include <functional>

#include "detect/holidays.h"

namespace gw::detect {
namespace {

using std::chrono::hours;

constexpr std::size_t kHours = 24;
constexpr int kSunday = 3;  // 1970 began on a Thursday
/// A holiday differs from a working day by day. At night nobody is there on either, and what runs then by
/// itself knows no holidays.
constexpr std::size_t kMorning = 7, kEvening = 20;

/// By the clock in Japan, since 1970.
hours hour_at(CivilTime time) { return std::chrono::floor<hours>(time.time_since_epoch()) + kJst; }

struct Hour {
  Day day = 0;
  std::size_t of_day = 0;

  explicit Hour(hours in_japan)
      : day(day_of(CivilTime(in_japan - kJst))),
        of_day(
            static_cast<std::size_t>((in_japan - std::chrono::floor<std::chrono::days>(in_japan)).count())) {}
  std::size_t place(std::size_t of_that_day) const {
    const bool is_by_day = of_that_day >= kMorning && of_that_day < kEvening;
    return of_that_day + (day % 7 == kSunday || (is_by_day && is_day_off(day)) ? kHours : 0);
  }
};

}  // namespace

void Hours::note(CivilTime opened, CivilTime closed) {
  const hours last = hour_at(closed);
  for (hours at = std::max(hour_at(opened), last - hours(kHours - 1)); at <= last; ++at) {
    const Hour hour(at);
    Seen& seen = seen_[hour.place(hour.of_day)];
    if (std::ranges::find(seen, hour.day) != seen.end()) continue;
    seen.back() = hour.day;
    std::ranges::sort(seen, std::greater());
  }
}

bool Hours::is_unlike(CivilTime opened) const {
  const Hour hour(hour_at(opened));
  if (seen_[hour.place(hour.of_day)].front() == hour.day) return false;
  std::array<Day, 3 * std::tuple_size_v<Seen>> days{};
  std::size_t count = 0;
  for (const std::size_t one : {hour.of_day + kHours - 1, hour.of_day, hour.of_day + 1})
    for (const Day day : seen_[hour.place(one % kHours)])
      if (day < hour.day && static_cast<std::size_t>(hour.day - day) < kDaysKept) days[count++] = day;
  std::sort(days.begin(), days.begin() + count);
  return std::unique(days.begin(), days.begin() + count) - days.begin() < std::ptrdiff_t{kUsualDays};
}

void Hours::accept() {
  for (Seen& seen : seen_)
    if (seen[1] == 0 && seen[0] > 0) seen[1] = static_cast<Day>(seen[0] - 1);
}

}  // namespace gw::detect
