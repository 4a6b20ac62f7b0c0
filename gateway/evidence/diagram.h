#pragma once

#include <string>

#include "model/network_roll.h"
#include "model/rule_roll.h"

namespace gw::evidence {

/// What is connected, as SVG: terminals' segments, the box with a compartment for each tenant, and the cloud
/// services that each may use, from the configuration in force (GOV-05, DEM-01). The line of responsibility
/// is drawn. Labels in Japanese; no script, no style from outside.
std::string diagram_of(const model::NetworkRoll& network, const model::RuleRoll& rules);

}  // namespace gw::evidence
