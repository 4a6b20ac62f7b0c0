#pragma once

// The network as the kernel shows it, beside what the configuration in force says of it.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ipc/messages/operator.h"
#include "model/network_roll.h"
#include "model/network_sight.h"

namespace gw::control::web {

/// Everything that the supervisor says of the network; sights in the order of NetworkRoll::Side.
struct NetworkLook {
  static constexpr std::size_t kSides = 3;

  ipc::op::NetworkState state{};
  model::NetworkRoll roll{};
  std::array<model::NetworkSight, kSides> sights{};

  /// Null: the kernel has no such interface.
  const model::NetworkSight::Link* link(const model::NetworkRoll::Port& port) const {
    return link(port.side, port.interface);
  }
  const model::NetworkSight::Link* link(model::NetworkRoll::Side side, const std::string& interface) const;
};
/// Out of Msg::network_sight.
Result<NetworkLook> network_in(const ipc::Frame& said);

/// "missing", "off", "no_cable" or "up".
const char* state_of(const model::NetworkSight::Link* link);
/// "lan", "wan", "mgmt".
const char* to_string(model::NetworkRoll::Side side);
/// The sockets of the box that lead there.
std::vector<std::string> cables_of(const model::NetworkRoll::Port& port);
/// What the port shall have, with what was lent to it.
model::NetworkRoll::Port with_lease(model::NetworkRoll::Port port, const ipc::op::NetworkState& state);
bool is_as_configured(const model::NetworkRoll::Port& port, const model::NetworkSight::Link* link);

/// Sorted.
template <class Things>
std::vector<std::string> texts_of(const Things& things) {
  std::vector<std::string> out;
  for (const auto& thing : things) out.push_back(thing.to_text());
  std::ranges::sort(out);
  return out;
}

}  // namespace gw::control::web
