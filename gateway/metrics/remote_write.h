#pragma once

#include <string>
#include <string_view>

#include "metrics/ledger.h"

namespace gw::metrics {

/// Prometheus Remote-Write 1.0, the message of one snapshot (prometheus.WriteRequest), not compressed. Every
/// series says of which site it is: whoever receives it believes the certificate of the sender and not that.
/// Messages one behind the other, the older first, are one message.
std::string to_write_request(const Snapshot& snapshot, std::string_view site);

}  // namespace gw::metrics
