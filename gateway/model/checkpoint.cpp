#include "model/checkpoint.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace gw::model {
namespace {

constexpr std::string_view kHead = "sekisho checkpoint 1\n";

/// The rest of the next line behind `name`, which is taken off the front.
std::optional<std::string_view> take(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (!text.starts_with(name) || end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(name.size(), end - name.size());
  text.remove_prefix(end + 1);
  return value;
}

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
  std::string text(kHead);
  text.append("number ").append(std::to_string(checkpoint.number)).append("\n");
  text.append("link ").append(to_hex(checkpoint.link)).append("\n");
  text.append("time ").append(std::to_string(checkpoint.time.count())).append("\n");
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const std::string_view whole = text;
  const Error malformed{ErrorCode::message_malformed, "it is no checkpoint of records"};
  if (!text.starts_with(kHead)) return malformed;
  text.remove_prefix(kHead.size());
  const auto number = take(text, "number "), link = take(text, "link "), time = take(text, "time ");
  if (!number || !link || !time) return malformed;
  Checkpoint out;
  out.number = parse_decimal(*number).value_or(0);
  out.time = std::chrono::seconds(parse_decimal(*time).value_or(0));
  const auto octets = from_hex(*link);
  if (out.number == 0 || !octets || octets->size() != out.link.size()) return malformed;
  std::ranges::copy(as_bytes(*octets), out.link.begin());
  if (text_of(out) != whole) return malformed;
  return out;
}

}  // namespace gw::model
