#pragma once

#include <vector>

#include "net/link_state.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

/// The plan has no fixed neighbour: a hardware address that was set by hand, an address that is answered for
/// (proxy), a bridge's entry that was not learnt. Each is named and removed; what the kernel learns by itself
/// is none of our business. net.apply_failed if one is left in the end.
Result<> settle_neighbours(const Netlink& netlink, const std::vector<LinkState>& links, Repairs& repairs);

}  // namespace gw::net
