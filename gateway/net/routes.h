#pragma once

#include <compare>
#include <vector>

#include "model/address.h"
#include "net/netlink.h"

namespace gw::net {

struct DefaultRoute {
  int link = 0;  ///< the kernel's number of the interface
  model::IpAddress gateway{};

  friend auto operator<=>(const DefaultRoute&, const DefaultRoute&) = default;
};

/// `wanted` is all that shall stand in the main table besides the kernel's own routes to its neighbours; a
/// learnt or added route of any other kind goes.
Result<> remove_other_routes(const Netlink& netlink, const std::vector<DefaultRoute>& wanted);
Result<> add_missing_routes(const Netlink& netlink, const std::vector<DefaultRoute>& wanted);
/// net.apply_failed if the namespace has more or less than that.
Result<> check_routes(const Netlink& netlink, const std::vector<DefaultRoute>& wanted);

}  // namespace gw::net
