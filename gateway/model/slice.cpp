#include "model/snapshot.h"

namespace gw::model {

std::vector<Prefix> clinic_side_of(const Network& network) {
  std::vector<Prefix> out;
  for (const LanSegment& segment : network.lan)
    // Each namespace has a loopback of its own, so a segment on it (a box beside its peers) shuts nothing
    // out.
    if (segment.interface != kLoopback)
      for (const Prefix& prefix : segment.addresses) out.push_back(prefix.network());
  for (const Prefix& prefix : network.clinic_prefixes) out.push_back(prefix.network());
  return out;
}

DialTable dial_table_of(const Configuration& configuration, TenantId tenant) {
  DialTable table;
  table.generation = configuration.generation;
  for (const Service& service : configuration.tenants[tenant.number()].services)
    table.targets.push_back(
        {service.id, service.upstream.server_name, service.upstream.port, service.upstream.addresses});
  table.resolvers = configuration.network.resolvers;
  table.forbidden = clinic_side_of(configuration.network);
  return table;
}

Wiring wiring_of(const Configuration& configuration) {
  Wiring wiring;
  wiring.generation = configuration.generation;
  wiring.site = configuration.site;
  for (const LanSegment& segment : configuration.network.lan)
    for (const Prefix& prefix : segment.addresses) {
      if (segment.serve.names) wiring.names.push_back(prefix.address);
      if (segment.serve.time) wiring.time.push_back(prefix);
    }
  for (const Tenant& tenant : configuration.tenants) {
    Wiring::Compartment compartment{.tenant = tenant.id, .name = tenant.name};
    for (const Service& service : tenant.services) compartment.services.push_back({service.name});
    for (const Terminal& terminal : tenant.terminals) compartment.terminals.push_back({terminal.name});
    for (const Listener& listener : tenant.listeners)
      compartment.listeners.push_back({listener.id, listener.endpoint});
    for (const Service& service : tenant.services)
      for (const Credential* c : {&service.downstream.credential, &service.upstream.credential})
        compartment.keys.push_back({c->key, c->key_file});
    wiring.compartments.push_back(std::move(compartment));
  }
  wiring.segments = configuration.network.lan;
  if (configuration.network.wan.ipv4 == Ipv4Source::dhcp)
    wiring.borrows = configuration.network.wan.interface;
  wiring.clinic = clinic_side_of(configuration.network);
  return wiring;
}

}  // namespace gw::model
