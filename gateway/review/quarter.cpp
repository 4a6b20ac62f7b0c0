#include "review/quarter.h"

#include <array>
#include <cstdio>

#include "base/jst.h"
#include "base/text.h"

namespace gw::review {

std::chrono::year_month month_of(CivilTime time) {
  const std::chrono::year_month_day day(
      jst_day_of(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch())));
  return day.year() / day.month();
}

std::string to_text(std::chrono::year_month month) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  return text.data();
}

Quarter Quarter::of(CivilTime time) {
  const auto month = month_of(time);
  return {static_cast<int>(month.year()), (static_cast<unsigned>(month.month()) + 2) / 3};
}

std::optional<Quarter> Quarter::parse(std::string_view text) {
  constexpr std::string_view kForm = "2026-Q4";
  if (text.size() != kForm.size()) return std::nullopt;
  const auto year = parse_decimal(text.substr(0, 4)), number = parse_decimal(text.substr(6));
  if (!year || *year < 1970 || !number || *number < 1 || *number > 4) return std::nullopt;
  const Quarter out(static_cast<int>(*year), static_cast<unsigned>(*number));
  if (out.to_text() != text) return std::nullopt;
  return out;
}

std::string Quarter::to_text() const { return std::to_string(year_) + "-Q" + std::to_string(number_); }

CivilTime Quarter::begins() const {
  const std::chrono::year_month_day day{std::chrono::year(year_), std::chrono::month(number_ * 3 - 2),
                                        std::chrono::day(1)};
  return CivilTime(std::chrono::sys_days(day)) - kJst;
}

Quarter Quarter::next() const { return number_ == 4 ? Quarter(year_ + 1, 1) : Quarter(year_, number_ + 1); }

}  // namespace gw::review
