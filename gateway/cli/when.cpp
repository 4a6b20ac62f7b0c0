#include "cli/when.h"

#include "base/text.h"

namespace gw::cli {
namespace {

/// Digits at a place of the text; nothing if something else stands there.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t size) {
  unsigned value = 0;
  for (const char c : text.substr(at, size)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

constexpr std::string_view kForm = "0000-00-00T00:00:00";

/// Is every mark between the digits where it belongs?
bool has_form(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kForm[i] != '0' && text[i] != kForm[i]) return false;
  return text.size() == 10 || text.size() == 16 || text.size() == 19;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_when(std::string_view text) {
  if (text.size() > kForm.size() || !has_form(text)) return std::nullopt;
  const std::string whole = std::string(text) + std::string(kForm.substr(text.size()));
  const auto year = number_at(whole, 0, 4), month = number_at(whole, 5, 2), day = number_at(whole, 8, 2);
  const auto hour = number_at(whole, 11, 2), minute = number_at(whole, 14, 2),
             second = number_at(whole, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const auto japan = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(*hour) +
                     std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  return japan - std::chrono::hours(9);
}

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_decimal(text.substr(0, digits));
  std::string_view unit = text.substr(digits);
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  if (!number || *number > 1'000'000) return std::nullopt;
  const std::chrono::seconds count(*number);
  if (unit == "s") return count;
  if (unit == "min") return count * 60;
  return std::nullopt;
}

}  // namespace gw::cli
