#include "control/prefix.h"

#include <map>

namespace gw::control {

bool Prefix::may_go(const Aged& record) {
  using std::chrono::milliseconds;
  constexpr milliseconds kYear = std::chrono::hours(24 * 365 + 6);
  const model::KeptFor kept = keeping_[static_cast<std::size_t>(record.of)];
  if (record.number >= last_signed_ || kept.is_for_ever()) return false;
  if (record.at >= now_ - kYear * kept.count()) return false;
  last_ = record.number;
  return true;
}

model::RecordClass class_of_id(std::string_view event) {
  static const std::map<std::string_view, model::RecordClass> classes = [] {
    std::map<std::string_view, model::RecordClass> out;
    for (std::size_t id = 0; id <= static_cast<std::size_t>(last_event()); ++id)
      out[to_string(static_cast<EventId>(id))] = model::class_of(static_cast<EventId>(id));
    return out;
  }();
  const auto found = classes.find(event);
  return found == classes.end() ? model::RecordClass::other : found->second;
}

}  // namespace gw::control
