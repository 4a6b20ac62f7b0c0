#pragma once

#include <string>
#include <string_view>

#include "base/event.h"
#include "incidents/entry.h"

namespace gw::incidents {

/// A record about an incident: which.
inline Event about(Event event, IncidentId id) {
  return event.add(Field::object, "incident " + std::to_string(id.number()));
}

inline Error unsuitable(std::string why) { return {ErrorCode::incident_unsuitable, std::move(why)}; }

}  // namespace gw::incidents
