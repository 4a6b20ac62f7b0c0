#pragma once

#include "control/web_desk.h"

namespace gw::control {

/// What was detected and waits for somebody to see to it, by stable ids: "detection.grave:7" (IDS-04); the
/// newest few. store.*.
Result<std::vector<std::string>> detection_waits(const WebAround& around);

}  // namespace gw::control
