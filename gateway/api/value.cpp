#include "api/value.h"

#include <algorithm>
#include <array>
#include <set>

#include "accounts/role.h"
#include "base/text.h"

namespace gw::api {
namespace {

using Kind = TypedValue::Kind;
using std::chrono::milliseconds;

constexpr std::string_view kFaults[] = {"missing",   "unknown",  "repeated",     "wrong_type",
                                        "too_short", "too_long", "out_of_range", "malformed"};
constexpr std::string_view kPlaces[] = {"path", "query", "body"};
constexpr std::uint64_t kLastTime = 253'402'300'799'999;  // of the year 9999

bool is_list(Type type) { return type == Type::texts || type == Type::files; }

Kind kind_of(Type type) {
  if (is_list(type)) return Kind::texts;
  if (type == Type::number || type == Type::time) return Kind::number;
  return type == Type::flag ? Kind::flag : Kind::text;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// No control characters: texts end in records and lists.
bool is_plain(std::string_view text) {
  return is_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Of many lines.
bool is_document(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) {
           const bool is_line = c == '\n' || c == '\r' || c == '\t';
           return (static_cast<unsigned char>(c) < 0x20 && !is_line) || c == 0x7f;
         });
}

std::optional<Fault> check_length(const Parameter& parameter, std::string_view text) {
  if (text.size() < parameter.low) return Fault::too_short;
  if (text.size() > parameter.high) return Fault::too_long;
  return std::nullopt;
}

std::optional<Fault> fault_if(bool is_wrong, Fault fault = Fault::malformed) {
  return is_wrong ? std::optional(fault) : std::nullopt;
}

std::optional<Fault> check_text(const Parameter& parameter, std::string_view text) {
  if (parameter.type == Type::role) return fault_if(!accounts::parse_role(text));
  if (parameter.type == Type::digest) return fault_if(text.size() != 64 || !from_hex(text));
  if (const auto fault = check_length(parameter, text)) return fault;
  if (parameter.type == Type::name) return fault_if(!is_name(text));
  if (parameter.type == Type::document) return fault_if(!is_document(text));
  return fault_if(parameter.is_secret() ? text.find('\0') != std::string_view::npos : !is_plain(text));
}

std::optional<Fault> check_item(std::string_view item, std::size_t most, bool (*is_right)(std::string_view)) {
  if (item.empty()) return Fault::too_short;
  if (item.size() > most) return Fault::too_long;
  return fault_if(!is_right(item));
}

std::optional<Fault> check_texts(const Parameter& parameter, const std::vector<std::string>& items) {
  for (const std::string& item : items)
    if (const auto fault = check_item(item, kMostTextItem, is_plain)) return fault;
  if (items.size() < parameter.low) return Fault::too_short;
  return fault_if(items.size() > parameter.high, Fault::too_long);
}

/// Each path stands once.
std::optional<Fault> check_files(const Parameter& parameter, const std::vector<std::string>& items) {
  if (items.size() % 2 != 0) return Fault::malformed;
  std::set<std::string_view> paths;
  for (std::size_t i = 0; i < items.size(); i += 2) {
    if (const auto fault = check_item(items[i], kMostPath, is_plain)) return fault;
    if (const auto fault = check_item(items[i + 1], kMostFile, is_document)) return fault;
    if (!paths.insert(items[i]).second) return Fault::repeated;
  }
  if (paths.size() < parameter.low) return Fault::too_short;
  return fault_if(paths.size() > parameter.high, Fault::too_long);
}

/// So many decimal digits, taken from the front.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  unsigned out = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + static_cast<unsigned>(c - '0');
  }
  text.remove_prefix(count);
  return out;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// Numbers of two digits with a separator in front of each but the first.
template <std::size_t N>
std::optional<std::array<unsigned, N>> take_pairs(std::string_view& text, std::string_view separator) {
  std::array<unsigned, N> out{};
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0 && !take(text, separator)) return std::nullopt;
    const auto number = take_digits(text, 2);
    if (!number) return std::nullopt;
    out[i] = *number;
  }
  return out;
}

/// "2026-11-28"
std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto rest = take_pairs<2>(text, "-");
  if (!rest) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month((*rest)[0]), std::chrono::day((*rest)[1]));
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

/// ".123456": what is finer than a millisecond is left out.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  if (!take(text, ".")) return milliseconds(0);
  unsigned out = 0, digits = 0;
  for (; digits < 9; ++digits) {
    const auto digit = take_digits(text, 1);
    if (!digit) break;
    if (digits < 3) out = out * 10 + *digit;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits) out *= 10;
  return milliseconds(out);
}

/// "Z", "+09:00"
std::optional<std::chrono::minutes> take_zone(std::string_view& text) {
  if (take(text, "Zz")) return std::chrono::minutes(0);
  const bool is_west = text.starts_with("-");
  if (!take(text, "+-")) return std::nullopt;
  const auto parts = take_pairs<2>(text, ":");
  if (!parts || (*parts)[0] > 23 || (*parts)[1] > 59) return std::nullopt;
  const std::chrono::minutes east((*parts)[0] * 60 + (*parts)[1]);
  return is_west ? -east : east;
}

}  // namespace

std::string_view to_string(Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

std::string pointer_to(const Parameter& parameter) {
  return "/" + std::string(kPlaces[static_cast<std::size_t>(parameter.place)]) + "/" +
         std::string(parameter.name);
}

std::optional<milliseconds> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take(text, "Tt ")) return std::nullopt;
  const auto time = take_pairs<3>(text, ":");
  if (!time || (*time)[0] > 23 || (*time)[1] > 59 || (*time)[2] > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  const auto east = fraction ? take_zone(text) : std::nullopt;
  if (!east || !text.empty()) return std::nullopt;
  const milliseconds since = date->time_since_epoch() + std::chrono::hours((*time)[0]) +
                             std::chrono::minutes((*time)[1]) + std::chrono::seconds((*time)[2]) + *fraction -
                             *east;
  return since.count() < 0 ? std::nullopt : std::optional(since);
}

std::optional<TypedValue> read(const Parameter& parameter, std::string_view text) {
  if (parameter.type == Type::number) {
    const auto number = parse_decimal(text);
    return number ? std::optional(TypedValue::of(*number)) : std::nullopt;
  }
  if (parameter.type == Type::time) {
    const auto time = parse_time(text);
    return time ? std::optional(TypedValue::of(static_cast<std::uint64_t>(time->count()))) : std::nullopt;
  }
  if (parameter.type == Type::flag) {
    if (text != "true" && text != "false") return std::nullopt;
    return TypedValue::of(text == "true");
  }
  return TypedValue::of(std::string(text));
}

std::optional<Fault> check(const Parameter& parameter, const TypedValue& value) {
  if (!value.is_there()) return fault_if(parameter.need == Need::required, Fault::missing);
  if (value.kind != kind_of(parameter.type)) return Fault::wrong_type;
  if (value.kind == Kind::text) return check_text(parameter, value.text);
  if (parameter.type == Type::texts) return check_texts(parameter, value.items);
  if (parameter.type == Type::files) return check_files(parameter, value.items);
  if (parameter.type == Type::time) return fault_if(value.number > kLastTime, Fault::out_of_range);
  const bool is_outside = value.number < parameter.low || value.number > parameter.high;
  return fault_if(value.kind == Kind::number && is_outside, Fault::out_of_range);
}

std::optional<FaultAt> check(OperationId id, const TypedValues& values) {
  const auto parameters = parameters_of(id);
  if (values.size() != parameters.size()) return FaultAt{Fault::missing, ""};
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const auto fault = check(parameters[i], values[i])) return FaultAt{*fault, pointer_to(parameters[i])};
  return std::nullopt;
}

}  // namespace gw::api
