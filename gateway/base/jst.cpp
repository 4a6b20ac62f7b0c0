#include "base/jst.h"

#include <array>
#include <cstdio>

namespace gw {
namespace {

/// The number in `digits`; nothing if one of them is none.
std::optional<int> number_in(std::string_view digits) {
  int out = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

}  // namespace

std::string to_day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string to_jst_text(std::chrono::seconds time) {
  const auto day = jst_day_of(time);
  const std::chrono::hh_mm_ss clock(time + kJst - day.time_since_epoch());
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d+09:00", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return to_day_text(day) + text.data();
}

std::optional<std::chrono::seconds> parse_jst_text(std::string_view text) {
  constexpr std::string_view kForm = "yyyy-mm-ddThh:mm:ss+09:00";
  if (text.size() != kForm.size()) return std::nullopt;
  std::array<int, 6> numbers{};
  constexpr std::array<std::array<std::size_t, 2>, 6> kPlaces{
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    const auto number = number_in(text.substr(kPlaces[i][0], kPlaces[i][1]));
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  const std::chrono::year_month_day date{std::chrono::year(numbers[0]),
                                         std::chrono::month(static_cast<unsigned>(numbers[1])),
                                         std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!date.ok() || numbers[0] < 1970) return std::nullopt;
  const std::chrono::seconds time = std::chrono::sys_days(date).time_since_epoch() +
                                    std::chrono::hours(numbers[3]) + std::chrono::minutes(numbers[4]) +
                                    std::chrono::seconds(numbers[5]) - kJst;
  if (time.count() < 0 || to_jst_text(time) != text) return std::nullopt;
  return time;
}

}  // namespace gw
