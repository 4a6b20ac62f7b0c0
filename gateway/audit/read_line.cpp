#include "audit/read_line.h"

#include <map>

#include "audit/line_members.h"
#include "base/jst.h"
#include "base/text.h"

namespace gw::audit {
namespace {

template <class Enumerator, class Name>
std::map<std::string_view, Enumerator> by_name(Enumerator last, Name name) {
  std::map<std::string_view, Enumerator> out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i)
    out.emplace(name(static_cast<Enumerator>(i)), static_cast<Enumerator>(i));
  return out;
}

std::optional<EventId> event_of(std::string_view id) {
  static const auto all = by_name(last_event(), [](EventId one) { return to_string(one); });
  const auto found = all.find(id);
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Field> field_of(std::string_view key) {
  static const auto all = by_name(last_field(), key_of);
  const auto found = all.find(key);
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

/// "2026-11-29T09:30:00.123456+09:00"
std::optional<CivilTime> time_of(std::string_view stamp) {
  constexpr std::size_t kDot = 19, kZone = 26;
  if (stamp.size() <= kZone || stamp[kDot] != '.') return std::nullopt;
  const auto seconds = parse_jst_text(std::string(stamp.substr(0, kDot)).append(stamp.substr(kZone)));
  // With a digit in front, since a number begins with no zero.
  const auto micros = parse_decimal("1" + std::string(stamp.substr(kDot + 1, kZone - kDot - 1)));
  if (!seconds || !micros) return std::nullopt;
  return CivilTime(*seconds) + std::chrono::microseconds(*micros - 1'000'000);
}

void add(Event& event, const LineMember& member) {
  const auto field = field_of(member.name);
  if (!field) return;
  if (is_text(*field)) event.add(*field, member.value);
  if (const auto number = is_text(*field) ? std::nullopt : parse_decimal(member.value))
    event.add(*field, *number);
}

}  // namespace

std::optional<Numbered> read_line(std::string_view line) {
  const auto members = members_of(line);
  if (!members) return std::nullopt;
  // Those in front stand once each, and none of them is called as a field is.
  std::map<std::string_view, std::string_view> front;
  for (const LineMember& member : *members) front.emplace(member.name, member.value);
  const auto number = parse_decimal(front["number"]);
  const auto time = time_of(front["ts"]);
  const auto id = event_of(front["event"]);
  if (!number || !time || !id) return std::nullopt;
  Numbered out{*number, {.time = *time, .event = Event(*id)}};
  out.record.clock = front["clock_state"] == "behind" ? ClockState::behind : ClockState::right;
  out.record.process = front["process"];
  out.record.tenant = front["tenant"];
  for (const LineMember& member : *members) add(out.record.event, member);
  return out;
}

}  // namespace gw::audit
