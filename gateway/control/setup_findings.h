#pragma once

#include "control/box_sight.h"

namespace gw::control::web {

/// What stands in the way of each step of setting the box up.
Result<setup::Findings> findings_of(const BoxSight& sight, const WebAround& around);

/// Services that somebody may use and that were not tried, tenants that did not answer, and that trials go
/// on: stable ids, and behind a colon whom they are about.
std::vector<std::string> open_trials(const model::ServiceTrials& all, const model::RuleRoll& rules);

/// What is handed over when all of it is done: one JSON object, `sekisho.setup-report/1`.
std::string report_of(const BoxSight& sight, const WebAsk& ask, const WebAround& around,
                      const std::vector<setup::Standing>& steps, CivilTime now);

}  // namespace gw::control::web
