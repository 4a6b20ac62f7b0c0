#pragma once

#include <vector>

#include "base/result.h"
#include "net/netlink.h"
#include "net/plan.h"
#include "net/repairs.h"

namespace gw::net {

/// The interfaces of the plan are there and up: VLANs and bridges are made, ports are joined and isolated
/// from each other (ISO-03). Every other interface is down, and a VLAN or bridge that is not ours is removed.
/// What differs is named and put right, then looked at again. net.interface_missing names one that had to be
/// there; net.apply_failed if something stays as it should not.
Result<> settle_links(const Netlink& netlink, const std::vector<Link>& links, Repairs& repairs);

}  // namespace gw::net
