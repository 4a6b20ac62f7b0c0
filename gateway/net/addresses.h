#pragma once

#include <compare>
#include <vector>

#include "model/address.h"
#include "net/netlink.h"

namespace gw::net {

/// An address on an interface of this namespace.
struct LinkAddress {
  int link = 0;  ///< the kernel's number of the interface
  model::Prefix prefix{};

  friend auto operator<=>(const LinkAddress&, const LinkAddress&) = default;
};

/// `wanted` is all that shall be there, on whatever interface. Never touched is what the kernel gives by
/// itself: loopback, and the link-local addresses neighbour discovery speaks from.
Result<> remove_other_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted);
/// IPv6 without duplicate address detection: usable at once, and no neighbour can forbid it.
Result<> add_missing_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted);
/// net.apply_failed if the namespace has more or less than that.
Result<> check_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted);

}  // namespace gw::net
