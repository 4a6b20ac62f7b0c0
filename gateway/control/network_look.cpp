#include "control/network_look.h"

#include "control/web_errands.h"

namespace gw::control::web {

using ipc::op::Msg;
using model::NetworkRoll;
using model::NetworkSight;

const NetworkSight::Link* NetworkLook::link(NetworkRoll::Side side, const std::string& interface) const {
  const auto& links = sights[static_cast<std::size_t>(side)].links;
  const auto found = std::ranges::find(links, interface, &NetworkSight::Link::interface);
  return found == links.end() ? nullptr : &*found;
}

Result<NetworkLook> network_in(const ipc::Frame& said) {
  NetworkLook out;
  GW_TRY(out.roll, sealed_in<NetworkRoll>(said, Msg::network_sight, model::kMostNetworkRoll));
  for (std::size_t side = 0; side < NetworkLook::kSides; ++side) {
    GW_TRY(out.sights[side], sealed_in<NetworkSight>(said, Msg::network_sight, model::kMostSight, side + 1));
  }
  GW_TRY(out.state, decode<ipc::op::NetworkState>(said.body));
  return out;
}

const char* state_of(const NetworkSight::Link* link) {
  if (link == nullptr) return "missing";
  if (!link->up) return "off";
  return link->carrier ? "up" : "no_cable";
}

const char* to_string(NetworkRoll::Side side) {
  constexpr const char* kWords[] = {"lan", "wan", "mgmt"};
  return kWords[static_cast<std::size_t>(side)];
}

std::vector<std::string> cables_of(const NetworkRoll::Port& port) {
  if (!port.ports.empty()) return port.ports;
  return {port.vlan.id != 0 ? port.vlan.parent : port.interface};
}

NetworkRoll::Port with_lease(NetworkRoll::Port port, const ipc::op::NetworkState& state) {
  if (port.ipv4 != model::Ipv4Source::dhcp || !state.borrowed) return port;
  port.addresses.push_back(state.borrowed->lease.address);
  port.gateways.push_back(state.borrowed->lease.gateway);
  return port;
}

bool is_as_configured(const NetworkRoll::Port& port, const NetworkSight::Link* link) {
  return link != nullptr && link->up && texts_of(link->addresses) == texts_of(port.addresses) &&
         texts_of(link->gateways) == texts_of(port.gateways);
}

}  // namespace gw::control::web
