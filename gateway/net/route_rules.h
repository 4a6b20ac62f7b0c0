#pragma once

#include "base/result.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

/// The rules by which the kernel chooses among routing tables: those it starts with and no others. What
/// differs is named and put right. net.apply_failed if it stays.
Result<> settle_route_rules(const Netlink& netlink, Repairs& repairs);

}  // namespace gw::net
