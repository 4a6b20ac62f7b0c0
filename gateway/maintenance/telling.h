#pragma once

#include <string>
#include <utility>

#include "base/event.h"
#include "maintenance/request.h"

namespace gw::maintenance {

/// A record about a maintenance: which, of whom, on what.
inline Event about(Event event, const Request& request) {
  event.add(Field::object, "maintenance " + std::to_string(request.id.number()));
  return event.add(Field::name, request.draft.vendor).add(Field::destination, request.draft.target.to_text());
}

/// It does not stand where that can be done.
inline Error state_of(const Request& request) {
  return {ErrorCode::maintenance_state, "maintenance " + std::to_string(request.id.number()) + " is " +
                                            std::string(to_string(request.state))};
}

}  // namespace gw::maintenance
