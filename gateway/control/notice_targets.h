#pragma once

#include <string>
#include <vector>

#include "control/profiles_found.h"
#include "incidents/incidents.h"
#include "model/rule_roll.h"

namespace gw::control {

/// The clock that a service's vendor has promised to keep, as its profile says it, and the place in the
/// vendor's paper (INC-01). What no profile says is said to be unknown, with whom to ask.
incidents::Incidents::Concern::Service notice_target(const std::string& service,
                                                     const ProfilesFound& profiles);

/// Those of the configuration in force, each once, by their names.
std::vector<std::string> services_of(const model::RuleRoll& rules);

/// Each as notice_target(); incident.unsuitable names one that is neither in the configuration in force nor
/// has a profile.
Result<std::vector<incidents::Incidents::Concern::Service>> notice_targets(
    const std::vector<std::string>& services, const model::RuleRoll& rules, const ProfilesFound& profiles);

}  // namespace gw::control
