#pragma once

#include <compare>
#include <vector>

#include "model/address.h"
#include "net/link_state.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

/// An address on an interface of this namespace.
struct LinkAddress {
  int link = 0;  ///< the kernel's number of the interface
  model::Prefix prefix{};

  friend auto operator<=>(const LinkAddress&, const LinkAddress&) = default;
};

/// `wanted` is all that shall be there, on whatever interface of `links`. What differs is named and put
/// right. Never touched is what the kernel gives by itself: loopback, and the link-local addresses neighbour
/// discovery speaks from. IPv6 without duplicate address detection: usable at once, and no neighbour can
/// forbid it. net.apply_failed if the namespace has more or less than that in the end.
Result<> settle_addresses(const Netlink& netlink, const std::vector<LinkState>& links,
                          const std::vector<LinkAddress>& wanted, Repairs& repairs);

/// Does the kernel give it by itself, as loopback's and those of neighbour discovery?
bool is_kernels_own(const LinkAddress& address);
/// Every address of the namespace, the kernel's own too.
Result<std::vector<LinkAddress>> read_addresses(const Netlink& netlink);

}  // namespace gw::net
