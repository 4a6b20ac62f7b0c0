#include "model/network_roll.h"

#include <algorithm>

namespace gw::model {
namespace {

using Side = NetworkRoll::Side;

NetworkRoll::Port port_of(const Wan& wan) {
  return {.side = Side::wan,
          .interface = wan.interface,
          .addresses = wan.addresses,
          .gateways = wan.gateways,
          .vlan = wan.vlan,
          .ipv4 = wan.ipv4};
}

NetworkRoll::Port port_of(const LanSegment& segment) {
  return {.side = Side::lan,
          .segment = segment.name,
          .interface = segment.interface,
          .addresses = segment.addresses,
          .vlan = segment.vlan,
          .ports = segment.ports,
          .names = segment.serve.names,
          .time = segment.serve.time,
          .devices = static_cast<std::uint32_t>(segment.devices.size())};
}

void add_listeners(const Tenant& tenant, NetworkRoll& roll) {
  for (const Listener& listener : tenant.listeners) {
    NetworkRoll::Listening listening{tenant.name, listener.name, listener.endpoint, {}};
    for (const Service& service : tenant.services)
      if (std::ranges::find(listener.services, service.id) != listener.services.end())
        listening.services.push_back(service.name);
    roll.listeners.push_back(std::move(listening));
  }
}

}  // namespace

NetworkRoll network_roll_of(const Configuration& configuration) {
  NetworkRoll roll;
  roll.ports.push_back(port_of(configuration.network.wan));
  for (const LanSegment& segment : configuration.network.lan) roll.ports.push_back(port_of(segment));
  roll.resolvers = configuration.network.resolvers;
  for (const Tenant& tenant : configuration.tenants) add_listeners(tenant, roll);
  if (!configuration.management) return roll;
  const Management& management = *configuration.management;
  roll.ports.push_back(
      {.side = Side::mgmt, .interface = management.interface, .addresses = management.addresses});
  roll.listeners.push_back({{}, {}, management.listener, {}});
  return roll;
}

}  // namespace gw::model
