#pragma once

#include "control/web_desk.h"

namespace gw::control {

/// What of incidents waits for somebody, by stable ids: one that nobody has closed, by the gravest of its
/// clocks (INC-01), and contacts that were not tried in time (INC-02). None for whoever may not see them.
/// store.*.
Result<std::vector<std::string>> incident_waits(const WebAsk& ask, const WebAround& around);

}  // namespace gw::control
