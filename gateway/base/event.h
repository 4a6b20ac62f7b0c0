#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/codec.h"
#include "base/text.h"

namespace gw {

enum class Level : std::uint8_t { info, warning, error };

/// Closed list of records (events.def); each has a stable dotted id.
enum class EventId : std::uint16_t {
#define GW_EVENT(name, id, level, sentence) name,
#define GW_FIELD(name, key, kind)
#include "base/events.def"
#undef GW_EVENT
#undef GW_FIELD
};

/// Closed list of a record's fields; each has a JSON key and a kind.
enum class Field : std::uint8_t {
#define GW_EVENT(name, id, level, sentence)
#define GW_FIELD(name, key, kind) name,
#include "base/events.def"
#undef GW_EVENT
#undef GW_FIELD
};

/// One record on its way to the log: typed fields, no payload, foreign text cut at kForeignTextLimit.
class Event {
 public:
  struct Entry {
    Field field{};
    std::uint64_t number = 0;
    std::string text{};
  };

  Event() = default;
  explicit Event(EventId id) : id_(id) {}
  /// The field's kind must be text.
  Event& add(Field field, std::string_view text);
  /// The field's kind must be number.
  Event& add(Field field, std::uint64_t number);

  EventId id() const { return id_; }
  const std::vector<Entry>& entries() const { return entries_; }

  template <class Io>
  friend void visit(Io& io, Event& event);

 private:
  EventId id_{};
  std::vector<Entry> entries_;
};

inline constexpr std::size_t kEventFieldLimit = 32;

std::string_view to_string(EventId id);
std::string_view to_string(Level level);
Level level_of(EventId id);
/// The sentence an operator reads.
std::string_view sentence_of(EventId id);
std::string_view key_of(Field field);
bool is_text(Field field);
EventId last_event();
Field last_field();

/// What the writer of the log knows better than the process that sent the event.
struct EventOrigin {
  std::string timestamp;  ///< RFC 3339, UTC, microseconds
  std::string process;    ///< "proxyd"
  std::string tenant{};   ///< empty for processes that serve no tenant
};

/// One JSON line with the newline at its end.
std::string to_json_line(const Event& event, const EventOrigin& origin);

template <class Io>
void visit(Io& io, Event::Entry& entry) {
  io.choice(entry.field, last_field());
  if (is_text(entry.field))
    io.text(entry.text, kForeignTextLimit);
  else
    io.field(entry.number);
}

template <class Io>
void visit(Io& io, Event& event) {
  io.choice(event.id_, last_event());
  io.list(event.entries_, kEventFieldLimit);
}

}  // namespace gw
