#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/netlink.h"

namespace gw::net {

/// An interface of this namespace as the kernel shows it.
struct LinkState {
  int number = 0;
  std::string name{};
  std::string kind{};                    ///< "bridge", "vlan", "veth", ..; nothing for hardware and loopback
  int parent = 0;                        ///< of a VLAN: the interface whose frames it takes
  std::uint16_t vlan = 0;                ///< of a VLAN of 802.1Q: its id; 0: none
  int bridge = 0;                        ///< the bridge it is a port of; 0: none
  std::vector<std::uint8_t> hardware{};  ///< its own address on the wire
  bool up = false;
  bool carrier = false;  ///< somebody answers at the cable's other end
  bool loopback = false;
  bool isolated = false;  ///< as a port: reaches the bridge, but no other isolated port
};

/// A VLAN or a bridge: the kinds that the box makes and removes itself.
bool is_made(const LinkState& link);

Result<std::vector<LinkState>> read_links(const Netlink& netlink);

/// Null if there is none.
const LinkState* find_link(const std::vector<LinkState>& links, std::string_view name);
/// For a sentence; "?" if it is gone by now.
std::string name_of(const std::vector<LinkState>& links, int number);

}  // namespace gw::net
