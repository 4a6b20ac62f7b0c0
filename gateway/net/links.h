#pragma once

#include <string>

#include "net/netlink.h"
#include "net/plan.h"

namespace gw::net {

/// The kernel's number of an interface of this namespace. net.interface_missing names it.
Result<int> find_link(const Netlink& netlink, const std::string& name);
Result<> bring_up(const Netlink& netlink, const std::string& name);
Result<> check_up(const Netlink& netlink, const std::string& name);

/// Moves an interface into the namespace; it arrives down and without addresses. One that is there already
/// stays as it is. Needs CAP_NET_ADMIN over both namespaces and enters neither.
Result<> move_link(const Netlink& netlink, const std::string& name, int namespace_fd);
/// net.interface_missing unless the interface is in this namespace or in that one.
Result<> check_reachable(const Netlink& netlink, const std::string& name, int namespace_fd);

}  // namespace gw::net
