#include "audit/removal.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace gw::audit {
namespace {

/// What stands behind `,"key":`, up to the next comma or brace. No text in a line holds those marks: they
/// would be escaped there.
std::string_view value_in(std::string_view line, std::string_view key) {
  const std::string mark = ",\"" + std::string(key) + "\":";
  const std::size_t at = line.find(mark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + mark.size());
  return rest.substr(0, rest.find_first_of(",}"));
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::optional<Link> link_in(std::string_view line, Field field) {
  const std::string_view value = value_in(line, key_of(field));
  if (value.size() < 2) return std::nullopt;
  const auto octets = from_hex(value.substr(1, value.size() - 2));
  Link out{};
  if (!octets || octets->size() != out.size() || in_quotes(to_hex(as_bytes(*octets))) != value)
    return std::nullopt;
  std::ranges::copy(as_bytes(*octets), out.begin());
  return out;
}

}  // namespace

Event event_of(const Removal& removal, std::string_view reason) {
  return Event(EventId::records_removed)
      .add(Field::first, removal.first)
      .add(Field::last, removal.last)
      .add(Field::link_before, to_hex(removal.before))
      .add(Field::link_last, to_hex(removal.link))
      .add(Field::reason, reason);
}

std::optional<Removal> read_removal(std::string_view line) {
  if (value_in(line, "event") != in_quotes(to_string(EventId::records_removed))) return std::nullopt;
  if (value_in(line, "process") != in_quotes(kKeeper)) return std::nullopt;
  const auto first = parse_decimal(value_in(line, key_of(Field::first)));
  const auto last = parse_decimal(value_in(line, key_of(Field::last)));
  const auto before = link_in(line, Field::link_before), link = link_in(line, Field::link_last);
  if (!first || !last || !before || !link) return std::nullopt;
  return Removal{*first, *last, *before, *link};
}

}  // namespace gw::audit
