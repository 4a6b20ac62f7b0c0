#pragma once

#include "control/box_sight.h"

namespace gw::control::web {

/// What stands in the way of each step of setting the box up.
Result<setup::Findings> findings_of(const BoxSight& sight, const WebAround& around);

/// What is handed over when all of it is done: one JSON object, `sekisho.setup-report/1`.
std::string report_of(const BoxSight& sight, const WebAsk& ask, const WebAround& around,
                      const std::vector<setup::Standing>& steps, CivilTime now);

}  // namespace gw::control::web
