#include "model/name_table.h"

#include <algorithm>
#include <map>

namespace gw::model {
namespace {

using ByName = std::map<std::string, std::vector<IpAddress>>;

void add_once(std::vector<IpAddress>& addresses, const IpAddress& address) {
  const bool known = std::find(addresses.begin(), addresses.end(), address) != addresses.end();
  if (!known && addresses.size() < kMaxAddressesOfName) addresses.push_back(address);
}

void add_listeners(ByName& names, const LanSegment& segment, const Tenant& tenant) {
  for (const Listener& listener : tenant.listeners) {
    if (!is_on(segment, listener.endpoint.address)) continue;
    for (const ServiceId service : listener.services)
      for (const std::string& name : tenant.services[service.number()].downstream.server_names)
        add_once(names[name], listener.endpoint.address);
    if (!tenant.is_for_enrolment(listener.id)) continue;
    for (const std::string& name : tenant.enrolment->shown.server_names)
      add_once(names[name], listener.endpoint.address);
  }
}

}  // namespace

bool is_on(const LanSegment& segment, const IpAddress& address) {
  return std::any_of(segment.addresses.begin(), segment.addresses.end(), [&](const Prefix& prefix) {
    return prefix.address == address || (segment.interface == kLoopback && prefix.contains(address));
  });
}

std::vector<NameTable::Entry> names_on(const LanSegment& segment, const std::vector<Tenant>& tenants) {
  ByName names;
  for (const Host& host : segment.hosts)
    for (const IpAddress& address : host.addresses) add_once(names[host.name], address);
  for (const Tenant& tenant : tenants) add_listeners(names, segment, tenant);
  std::vector<NameTable::Entry> out;
  for (auto& [name, addresses] : names) out.push_back({name, std::move(addresses)});
  return out;
}

NameTable name_table_of(const Configuration& configuration) {
  NameTable table{configuration.generation, {}};
  for (const LanSegment& segment : configuration.network.lan) {
    if (!segment.serve.names) continue;
    NameTable::View view;
    for (const Prefix& prefix : segment.addresses) view.answering.push_back(prefix.address);
    view.entries = names_on(segment, configuration.tenants);
    table.views.push_back(std::move(view));
  }
  return table;
}

}  // namespace gw::model
