#include "base/event.h"

#include <array>

#include "base/text.h"

namespace gw {
namespace {

enum class Kind { text, number };
struct EventRow {
  std::string_view id;
  Level level;
  std::string_view sentence;
};
struct FieldRow {
  std::string_view key;
  Kind kind;
};

constexpr auto kEvents = std::to_array<EventRow>({
#define GW_EVENT(name, id, level, sentence) {id, Level::level, sentence},
#define GW_FIELD(name, key, kind)
#include "base/events.def"
#undef GW_EVENT
#undef GW_FIELD
});
constexpr auto kFields = std::to_array<FieldRow>({
#define GW_EVENT(name, id, level, sentence)
#define GW_FIELD(name, key, kind) {key, Kind::kind},
#include "base/events.def"
#undef GW_EVENT
#undef GW_FIELD
});

const EventRow& row(EventId id) { return kEvents[static_cast<std::size_t>(id)]; }
const FieldRow& row(Field field) { return kFields[static_cast<std::size_t>(field)]; }

/// Foreign text may be long and may hold NUL; neither leaves the process.
std::string clipped(std::string_view text) {
  std::string out(text.substr(0, kForeignTextLimit));
  for (char& c : out)
    if (c == '\0') c = '?';
  return out;
}

}  // namespace

std::string_view to_string(EventId id) { return row(id).id; }
Level level_of(EventId id) { return row(id).level; }
std::string_view sentence_of(EventId id) { return row(id).sentence; }
std::string_view key_of(Field field) { return row(field).key; }
bool is_text(Field field) { return row(field).kind == Kind::text; }
EventId last_event() { return static_cast<EventId>(kEvents.size() - 1); }
Field last_field() { return static_cast<Field>(kFields.size() - 1); }

std::string_view to_string(Level level) {
  static constexpr std::array<std::string_view, 3> kNames{"info", "warning", "error"};
  return kNames[static_cast<std::size_t>(level)];
}

Event& Event::add(Field field, std::string_view text) {
  GW_CHECK(is_text(field), "a number field was given text");
  GW_CHECK(entries_.size() < kEventFieldLimit, "an event has more fields than the wire allows");
  entries_.push_back({.field = field, .text = clipped(text)});
  return *this;
}

Event& Event::add(Field field, std::uint64_t number) {
  GW_CHECK(!is_text(field), "a text field was given a number");
  GW_CHECK(entries_.size() < kEventFieldLimit, "an event has more fields than the wire allows");
  entries_.push_back({.field = field, .number = number});
  return *this;
}

}  // namespace gw
