#pragma once

#include <compare>
#include <vector>

#include "model/address.h"
#include "net/link_state.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

struct DefaultRoute {
  int link = 0;  ///< the kernel's number of the interface
  model::IpAddress gateway{};

  friend auto operator<=>(const DefaultRoute&, const DefaultRoute&) = default;
};

/// `wanted` is all that shall stand besides the kernel's own routes to its neighbours, in whatever table; a
/// learnt or added route of any other kind goes, and so does every rule that chooses among tables but the
/// three the kernel starts with. What differs is named and put right. net.apply_failed if the namespace has
/// more or less than that in the end.
Result<> settle_routes(const Netlink& netlink, const std::vector<LinkState>& links,
                       const std::vector<DefaultRoute>& wanted, Repairs& repairs);

/// Those that are there.
Result<std::vector<DefaultRoute>> read_default_routes(const Netlink& netlink);

}  // namespace gw::net
