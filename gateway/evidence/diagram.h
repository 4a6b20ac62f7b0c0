#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "model/network_roll.h"
#include "model/rule_roll.h"

namespace gw::evidence {

/// What is connected, as SVG: terminals' segments, the box with a compartment for each tenant, and the cloud
/// services that each may use, from the configuration in force (GOV-05, DEM-01). The line of responsibility
/// is drawn. Labels in Japanese; no script, no style from outside.
/// `caption` stands beneath the drawing and in its description: a picture goes from hand to hand alone.
std::string diagram_of(const model::NetworkRoll& network, const model::RuleRoll& rules,
                       std::string caption = {});
/// "番号 7、作成 2026-11-29 03:10:00 (日本時間)、設定の世代 12", as documents are numbered.
std::string diagram_caption(std::uint64_t number, CivilTime made, std::uint64_t generation);

}  // namespace gw::evidence
