// Numbers, and numbers with units: spans of time, rates, days, moments.

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/text.h"
#include "config/value.h"

namespace gw::config {
namespace {

struct Unit {
  std::string_view text;
  std::int64_t milliseconds;
};
/// From the largest, so that a span is written in the largest unit that divides it.
constexpr std::array kUnits{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"min", 60'000},
                            Unit{"s", 1'000}, Unit{"ms", 1}};
constexpr std::uint32_t kFastestRate = 1'000'000;

Error without_unit(std::string_view text) {
  return {ErrorCode::config_value_unit,
          in_quotes(text) + " needs a number, a blank and a unit (ms, s, min, h or d), such as `15 min`"};
}

struct Amount {
  std::uint64_t number;
  std::string_view unit;
};

std::optional<Amount> split(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto number = parse_decimal(text.substr(0, blank));
  if (!number) return std::nullopt;
  return Amount{*number, text.substr(blank + 1)};
}

std::optional<std::int64_t> digits(std::string_view text, std::size_t at, std::size_t size) {
  std::int64_t value = 0;
  for (const char c : text.substr(at, size)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::chrono::sys_days> day_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *year < 1970) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::string padded(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return std::to_string(static_cast<int>(date.year())) + "-" + padded(static_cast<unsigned>(date.month())) +
         "-" + padded(static_cast<unsigned>(date.day()));
}

/// "09:30", two digits each.
std::optional<std::chrono::minutes> clock_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text, 0, 2), minute = digits(text, 3, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

/// "Z", "+09:00", "-03:30": how far the local clock is ahead.
std::optional<std::chrono::minutes> zone_of(std::string_view text) {
  if (text == "Z") return std::chrono::minutes{0};
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto ahead = clock_of(text.substr(1));
  if (!ahead) return std::nullopt;
  return text[0] == '-' ? -*ahead : *ahead;
}

std::optional<model::CivilSeconds> moment_of(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[16] != ':') return std::nullopt;
  const auto day = day_of(text.substr(0, 10));
  const auto clock = clock_of(text.substr(11, 5));
  const auto second = digits(text, 17, 2);
  const auto zone = zone_of(text.substr(19));
  if (!day || !clock || !second || *second > 59 || !zone) return std::nullopt;
  return day->time_since_epoch() + *clock + std::chrono::seconds{*second} - *zone;
}

}  // namespace

Result<std::uint32_t> check_number(std::string_view text, std::uint32_t low, std::uint32_t high) {
  const auto number = parse_decimal(text);
  const std::string bounds = std::to_string(low) + " to " + std::to_string(high);
  if (!number)
    return Error{ErrorCode::config_value_type,
                 in_quotes(text) + " is no whole number; write one of " + bounds};
  if (*number < low || *number > high)
    return Error{ErrorCode::config_value_range, in_quotes(text) + " is out of bounds; write " + bounds};
  return static_cast<std::uint32_t>(*number);
}

Result<Milliseconds> check_span(std::string_view text, Milliseconds low, Milliseconds high,
                                Milliseconds step) {
  const auto amount = split(text);
  if (!amount) return without_unit(text);
  for (const Unit& unit : kUnits) {
    if (unit.text != amount->unit) continue;
    const std::uint64_t most = static_cast<std::uint64_t>(high.count() / unit.milliseconds);
    const Milliseconds span{amount->number > most
                                ? high.count() + 1
                                : static_cast<std::int64_t>(amount->number) * unit.milliseconds};
    if (span >= low && span <= high && span % step == Milliseconds{0}) return span;
    return Error{ErrorCode::config_value_range, in_quotes(text) + " is out of bounds; write " +
                                                    span_text(low) + " to " + span_text(high) +
                                                    " in steps of " + span_text(step)};
  }
  return without_unit(text);
}

std::string span_text(Milliseconds span) {
  for (const Unit& unit : kUnits)
    if (span.count() % unit.milliseconds == 0)
      return std::to_string(span.count() / unit.milliseconds) + " " + std::string(unit.text);
  return {};
}

Result<Rate> Rate::parse(std::string_view text) {
  const auto amount = split(text);
  if (!amount || amount->unit != "per s")
    return Error{ErrorCode::config_value_unit, in_quotes(text) + " needs its unit, such as `50 per s`"};
  if (amount->number < 1 || amount->number > kFastestRate)
    return Error{ErrorCode::config_value_range,
                 in_quotes(text) + " is out of bounds; write 1 to 1000000 per s"};
  return Rate{static_cast<std::uint32_t>(amount->number)};
}

Node Rate::node() const { return {Node::Kind::text, {}, std::to_string(value) + " per s", {}, {}}; }

Result<Flag> Flag::parse(std::string_view text) {
  if (text == "on" || text == "true" || text == "yes") return Flag{true};
  if (text == "off" || text == "false" || text == "no") return Flag{false};
  return Error{ErrorCode::config_value_choice,
               in_quotes(text) + " is neither `on` nor `off`; write one of them"};
}

Node Flag::node() const { return {Node::Kind::flag, {}, value ? "on" : "off", {}, {}}; }

Result<Date> Date::parse(std::string_view text) {
  const auto day = day_of(text);
  if (!day)
    return Error{ErrorCode::config_value_format, in_quotes(text) + " is no day; write it as `2027-03-31`"};
  return Date{(*day + std::chrono::days{1}).time_since_epoch()};
}

Node Date::node() const {
  const auto last =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{value - std::chrono::seconds{1}});
  return {Node::Kind::text, {}, day_text(last), {}, {}};
}

Result<NightWindow> NightWindow::parse(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const auto from = clock_of(text.substr(0, dash));
  const auto until = dash == text.size() ? std::nullopt : clock_of(text.substr(dash + 1));
  if (!from || !until || *from == *until)
    return Error{
        ErrorCode::config_value_format,
        in_quotes(text) + " is no part of a day; write two times, such as `02:00-04:00` or `23:30-01:00`"};
  return NightWindow{{*from, *until}};
}

Result<Moment> Moment::parse(std::string_view text) {
  const auto moment = moment_of(text);
  // Zero means "no bound" elsewhere, and what is before 1970 is a mistake.
  if (!moment || moment->count() <= 0)
    return Error{ErrorCode::config_value_format, in_quotes(text) +
                                                     " is no moment; write day, time and zone, such as "
                                                     "`2027-03-31T09:00:00+09:00` or `2027-03-31T00:00:00Z`"};
  return Moment{*moment};
}

Node Moment::node() const {
  const std::chrono::sys_seconds moment{value};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss clock{moment - day};
  const auto two = [](auto count) { return padded(static_cast<unsigned>(count.count())); };
  return {Node::Kind::text,
          {},
          day_text(day) + "T" + two(clock.hours()) + ":" + two(clock.minutes()) + ":" + two(clock.seconds()) +
              "Z",
          {},
          {}};
}

}  // namespace gw::config
