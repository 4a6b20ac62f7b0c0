#pragma once

#include <string>

#include "metrics/ledger.h"

namespace gw::metrics {

/// OpenMetrics 1.0 as text, each sample with its time, families with TYPE, UNIT and HELP, "# EOF" at the end.
std::string to_open_metrics(const Snapshot& snapshot);

}  // namespace gw::metrics
