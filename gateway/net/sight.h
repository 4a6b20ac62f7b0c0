#pragma once

#include "model/network_sight.h"
#include "net/apply.h"

namespace gw::net {

/// The namespace as the kernel shows it. Changes nothing. What is beyond a sight's bounds is left out.
/// net.apply_failed.
Result<model::NetworkSight> look(const Kernel& kernel);

}  // namespace gw::net
