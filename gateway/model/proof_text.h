#pragma once

#include <string>

#include "model/proof.h"

namespace gw::model {

/// The record that is signed and kept: one JSON object, `sekisho.isolation-proof/1`, times in RFC 3339.
std::string to_json(const Proof& proof);
/// OpenMetrics: one gauge a way, place and tenant with the number of cases of each outcome, and the proof's
/// time. The number of series does not depend on how many things are tried.
std::string to_metrics(const Proof& proof);

}  // namespace gw::model
