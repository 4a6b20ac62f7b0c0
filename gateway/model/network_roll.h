#pragma once

#include <string>
#include <vector>

#include "model/layout.h"

namespace gw::model {

/// What controld tells of the network as the configuration in force has it.
struct NetworkRoll {
  enum class Side : std::uint8_t { lan, wan, mgmt };
  /// One interface that the box uses, and what for.
  struct Port {
    Side side{};
    std::string segment{};  ///< of lan: the segment's name
    std::string interface {};
    std::vector<Prefix> addresses{};
    std::vector<IpAddress> gateways{};
    Vlan vlan{};
    std::vector<std::string> ports{};  ///< of a bridge
    Ipv4Source ipv4 = Ipv4Source::configuration;
    bool names = false;  ///< the box answers DNS there
    bool time = false;   ///< and NTP
    std::uint32_t devices = 0;
  };
  struct Listening {
    std::string tenant{};  ///< empty: the administration
    std::string name{};
    Endpoint endpoint{};
    std::vector<std::string> services{};  ///< none: terminals ask for their certificates there
  };
  std::vector<Port> ports{};  ///< the Internet's side first, then the segments, then the administration
  std::vector<Endpoint> resolvers{};
  std::vector<Listening> listeners{};
};
NetworkRoll network_roll_of(const Configuration& configuration);

/// Bytes.
inline constexpr std::size_t kMostNetworkRoll = 64u << 20;

template <class Io>
void visit(Io& io, NetworkRoll::Port& p) {
  io.choice(p.side, NetworkRoll::Side::mgmt);
  io.text(p.segment, kMaxName);
  io.text(p.interface, kInterfaceNameLimit);
  io.list(p.addresses, 64);
  io.list(p.gateways, 2);
  io.text(p.vlan.parent, kInterfaceNameLimit);
  io.range(p.vlan.id, std::uint16_t{0}, std::uint16_t{4094});
  texts(io, p.ports, kMaxPorts, kInterfaceNameLimit);
  io.choice(p.ipv4, Ipv4Source::dhcp);
  io.field(p.names);
  io.field(p.time);
  io.field(p.devices);
}
template <class Io>
void visit(Io& io, NetworkRoll::Listening& l) {
  io.text(l.tenant, kMaxName);
  io.text(l.name, kMaxName);
  io.field(l.endpoint);
  texts(io, l.services, kMaxServices, kMaxName);
}
template <class Io>
void visit(Io& io, NetworkRoll& r) {
  io.list(r.ports, kMaxSegments + 2);
  io.list(r.resolvers, 8);
  io.list(r.listeners, kMaxTenants * (kMaxListeners + 1) + 1);
}

}  // namespace gw::model
