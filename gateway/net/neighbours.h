#pragma once

#include <vector>

#include "model/address.h"
#include "net/link_state.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

/// A host on a link's own wire, and whether it has just answered (RFC 4861 7.3.2: REACHABLE, DELAY, PROBE) or
/// was asked for in vain. Of others the kernel knows nothing fresh, and they are left out.
struct Neighbour {
  int link = 0;
  model::IpAddress address{};
  bool answers = false;
};
Result<std::vector<Neighbour>> read_neighbours(const Netlink& netlink);

/// The plan has no fixed neighbour: a hardware address that was set by hand, an address that is answered for
/// (proxy), a bridge's entry that was not learnt. Each is named and removed; what the kernel learns by itself
/// is none of our business. net.apply_failed if one is left in the end.
Result<> settle_neighbours(const Netlink& netlink, const std::vector<LinkState>& links, Repairs& repairs);

}  // namespace gw::net
