#include <algorithm>
#include <map>

#include "base/check.h"
#include "model/managed_identity.h"
#include "model/operations_centre.h"
#include "model/snapshot.h"

namespace gw::model {
namespace {

/// An identity that is not there yet has no key.
void add_use(std::map<KeyId, Wiring::Key>& keys, const std::string& tenant, const Credential& credential,
             const Profile& profile, bool KeyUse::*side) {
  if (!credential.is_there()) return;
  Wiring::Key& key = keys[credential.key];
  key.key = credential.key;
  key.file = credential.key_file;
  if (!credential.identity.empty()) {
    key.place = Wiring::Place::identities;
    key.file = current_file_of(tenant, credential.identity);
  }
  key.use.*side = true;
  key.public_keys.push_back(credential.public_key);
  if (profile.name == ProfileName::high_12)
    key.use.tls12_until = std::max(key.use.tls12_until, profile.until);
}

std::vector<Wiring::Key> listed(std::map<KeyId, Wiring::Key> keys) {
  std::vector<Wiring::Key> out;
  for (auto& [id, key] : keys) out.push_back(std::move(key));
  return out;
}

/// Each key once, with everything it is for in sessions.
std::vector<Wiring::Key> keys_of(const Tenant& tenant) {
  std::map<KeyId, Wiring::Key> keys;
  for (const Service& service : tenant.services) {
    if (speaks_downstream(service.mode))
      add_use(keys, tenant.name, service.downstream.credential, service.downstream.profile,
              &KeyUse::terminal_side);
    if (speaks_upstream(service.mode))
      add_use(keys, tenant.name, service.upstream.credential, service.upstream.profile, &KeyUse::cloud_side);
  }
  return listed(std::move(keys));
}

Wiring::Listening listening_of(const Listener& listener) { return {listener.id, listener.endpoint}; }

std::optional<Wiring::Enrolment> enrolment_wiring_of(const Tenant& tenant) {
  if (!tenant.enrolment) return std::nullopt;
  const Downstream& shown = tenant.enrolment->shown;
  std::map<KeyId, Wiring::Key> keys;
  add_use(keys, tenant.name, shown.credential, shown.profile, &KeyUse::terminal_side);
  const Listener& listener = tenant.listeners[tenant.enrolment->listener.number()];
  return Wiring::Enrolment{
      listening_of(listener), listed(std::move(keys)),
      shown.server_names.empty() ? listener.endpoint.address.to_text() : shown.server_names.front()};
}

std::optional<Wiring::Management> management_wiring_of(const Configuration& configuration) {
  if (!configuration.management) return std::nullopt;
  const Management& management = *configuration.management;
  std::map<KeyId, Wiring::Key> keys;
  add_use(keys, {}, management.credential, {}, &KeyUse::terminal_side);
  return Wiring::Management{management.listener, listed(std::move(keys))};
}

std::optional<Wiring::Noc> noc_wiring_of(const Configuration& configuration) {
  if (!configuration.noc) return std::nullopt;
  std::map<KeyId, Wiring::Key> keys;
  add_use(keys, {}, configuration.noc->credential, {}, &KeyUse::cloud_side);
  return Wiring::Noc{listed(std::move(keys)), configuration.noc->every, configuration.noc->orders.pem};
}

/// What must never be dialled (W8), nor lent.
void add_management_side(const Configuration& configuration, std::vector<Prefix>& out) {
  if (!configuration.management || configuration.management->interface == kLoopback) return;
  for (const Prefix& prefix : configuration.management->addresses) out.push_back(prefix.network());
}

}  // namespace

Tenant sessions_of(Tenant tenant) {
  // It stands last, so the others keep their places.
  if (tenant.enrolment) tenant.listeners.pop_back();
  tenant.enrolment.reset();
  return tenant;
}

std::vector<ProxyDoor> proxy_doors_of(const Tenant& tenant) {
  std::vector<ProxyDoor> out;
  const auto add = [&](const Service& service, const Endpoint& at) {
    const Upstream& cloud = service.upstream;
    const bool has_one = std::ranges::any_of(out, [&](const ProxyDoor& one) {
      return one.cloud_name == cloud.server_name && one.cloud_port == cloud.port;
    });
    if (service.mode != Mode::wrap || has_one) return;
    const auto& names = service.downstream.server_names;
    out.push_back({cloud.server_name, cloud.port,
                   names.empty() ? at.to_text() : names.front() + ":" + std::to_string(at.port)});
  };
  for (const Listener& listener : tenant.listeners)
    for (const ServiceId id : listener.services) add(tenant.services[id.number()], listener.endpoint);
  return out;
}

Tenant enrolment_of(Tenant tenant) {
  GW_CHECK(tenant.enrolment, "only a tenant with an enrolment has something to say of it");
  tenant.enrolment->proxies = proxy_doors_of(tenant);
  tenant.listeners = {std::move(tenant.listeners.back())};
  tenant.listeners.front().id = tenant.enrolment->listener = ListenerId(0);
  tenant.services.clear();
  tenant.rules.clear();
  return tenant;
}

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

namespace {

/// The same for whoever dials.
DialTable table_without_targets(const Configuration& configuration) {
  DialTable table;
  table.generation = configuration.generation;
  table.resolvers = configuration.network.resolvers;
  table.forbidden = clinic_side_of(configuration.network);
  add_management_side(configuration, table.forbidden);
  return table;
}

}  // namespace

DialTable noc_dial_table_of(const Configuration& configuration) {
  DialTable table = table_without_targets(configuration);
  const OperationsCentre& noc = *configuration.noc;
  for (const auto& [place, receiver] :
       {std::pair(kFiguresTarget, &noc.figures), std::pair(kRecordsTarget, &noc.records)})
    table.targets.push_back(
        {place, Caller::guest, receiver->server_name, receiver->port, receiver->addresses});
  return table;
}

NocOrder noc_order_of(const Configuration& configuration) {
  return {configuration.generation, configuration.site, *configuration.noc};
}

DialTable dial_table_of(const Configuration& configuration, TenantId tenant) {
  DialTable table = table_without_targets(configuration);
  const Tenant& who = configuration.tenants[tenant.number()];
  for (const Service& service : who.services)
    table.targets.push_back({service.id, Caller::proxyd, service.upstream.server_name, service.upstream.port,
                             service.upstream.addresses});
  for (std::size_t i = 0; i < who.identities.size(); ++i) {
    const std::optional<EnrolmentServer>& est = who.identities[i].est;
    if (est)
      table.targets.push_back(
          {target_of(who, i), Caller::guest, est->server_name, est->port, est->addresses});
  }
  for (const Service& service : who.services) {
    const Responder& asked = service.upstream.revocation.responder;
    if (asked.is_there())
      table.responders.push_back(
          {{service.id, Caller::proxyd, asked.server_name, asked.port, asked.addresses}, asked.path});
  }
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
    for (const Terminal& terminal : tenant.terminals)
      compartment.terminals.push_back({terminal.name, terminal.blocked});
    for (const Listener& listener : tenant.listeners)
      if (!tenant.is_for_enrolment(listener.id)) compartment.listeners.push_back(listening_of(listener));
    compartment.keys = keys_of(tenant);
    compartment.enrolment = enrolment_wiring_of(tenant);
    wiring.compartments.push_back(std::move(compartment));
  }
  wiring.segments = configuration.network.lan;
  if (configuration.network.wan.ipv4 == Ipv4Source::dhcp)
    wiring.borrows = configuration.network.wan.interface;
  wiring.clinic = clinic_side_of(configuration.network);
  add_management_side(configuration, wiring.clinic);
  wiring.management = management_wiring_of(configuration);
  wiring.noc = noc_wiring_of(configuration);
  wiring.update_window = configuration.update_window;
  return wiring;
}

}  // namespace gw::model
