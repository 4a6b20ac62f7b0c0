#pragma once

#include <string>

#include "net/link_state.h"
#include "net/netlink.h"

namespace gw::net {

Result<> set_up(const Netlink& netlink, const LinkState& link, bool up);
/// net.vlan_unsupported on a kernel without 802.1Q.
Result<> make_vlan(const Netlink& netlink, const std::string& name, const LinkState& parent,
                   std::uint16_t id);
/// One that sends every multicast to all of its ports, and takes part in no spanning tree: its ports never
/// reach each other, so nothing can go in circles.
Result<> make_bridge(const Netlink& netlink, const std::string& name);
/// The canary's cable (canary.h): one end here, up, the other in the namespace, down.
Result<> make_canary(const Netlink& netlink, int namespace_fd);
/// Down, and into the namespace; where the kernel does not let it go, or it has a namesake there, it stays,
/// down.
Result<> let_go(const Netlink& netlink, const LinkState& link, int namespace_fd);
Result<> remove_link(const Netlink& netlink, const LinkState& link);
/// Makes the interface a port of the bridge; 0: of none.
Result<> join(const Netlink& netlink, const LinkState& link, int bridge);
/// As a port it reaches the bridge itself and no other isolated port (IFLA_BRPORT_ISOLATED).
Result<> isolate(const Netlink& netlink, const LinkState& port);

}  // namespace gw::net
