#include "model/managed_identity.h"

#include <algorithm>

namespace gw::model {
namespace {

/// Adds what a service shows of the identity to its terminals.
void add_hosts(const Downstream& downstream, ManagedIdentity& identity) {
  if (downstream.credential.identity != identity.name) return;
  identity.side = ManagedIdentity::Side::terminals;
  for (const std::string& host : downstream.server_names)
    if (std::find(identity.hosts.begin(), identity.hosts.end(), host) == identity.hosts.end())
      identity.hosts.push_back(host);
}

}  // namespace

ServiceId target_of(const Tenant& tenant, std::size_t identity) {
  const auto first = tenant.identities.begin();
  const auto before = std::count_if(first, first + static_cast<std::ptrdiff_t>(identity),
                                    [](const Identity& one) { return one.est.has_value(); });
  return ServiceId(static_cast<std::uint16_t>(tenant.services.size() + static_cast<std::size_t>(before)));
}

ManagedIdentities managed_identities_of(const Tenant& tenant) {
  ManagedIdentities out;
  for (std::size_t i = 0; i < tenant.identities.size(); ++i) {
    const Identity& identity = tenant.identities[i];
    ManagedIdentity managed{
        .name = identity.name, .side = ManagedIdentity::Side::clouds, .key = identity.key};
    if (identity.est) {
      managed.dial = target_of(tenant, i);
      managed.server_name = identity.est->server_name;
      managed.port = identity.est->port;
      managed.label = identity.est->label;
      managed.anchors_pem = identity.est->anchors_pem;
    }
    for (const Service& service : tenant.services) add_hosts(service.downstream, managed);
    if (tenant.enrolment) add_hosts(tenant.enrolment->shown, managed);
    out.identities.push_back(std::move(managed));
  }
  return out;
}

}  // namespace gw::model
