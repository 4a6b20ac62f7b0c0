#include <algorithm>
#include <map>
#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

bool is_lan_address(const Compilation& compilation, const model::IpAddress& address) {
  if (compilation.network_keys.state != State::given || !compilation.network_keys->lan) return true;
  for (const auto& segment : compilation.network_keys->lan->items) {
    if (!segment || !segment->addresses) return true;
    for (const auto& own : segment->addresses->items)
      if (!own || own->value.address == address) return true;
  }
  return false;
}

/// The names by which a terminal asks for the service.
std::vector<Given<HostName>> answers_to(const ServiceKeys& service) {
  if (service.mode && !model::speaks_downstream(service.mode->value)) return {service.upstream->server_name};
  return service.downstream->server_names->items;
}

/// Which service a terminal means must follow from the name it asks for.
void check_server_names(Compilation& compilation, const ListenerKeys& keys,
                        const std::vector<std::size_t>& offered, const TenantKeys& tenant) {
  if (offered.size() < 2) return;
  std::map<std::string, std::string> taken;
  for (const std::size_t place : offered) {
    const ServiceKeys& service = *tenant.services->items[place];
    const auto& names = service.downstream->server_names;
    if (service.downstream && names.state != State::broken && names->items.empty())
      compilation.problems.add(keys.services.at, ErrorCode::config_key_missing,
                               "several services share this listener, so " + in_quotes(service.name->value) +
                                   " needs `server_names` in its `downstream`, or a listener of its own");
    for (const Given<HostName>& name : answers_to(service)) {
      const auto [first, fresh] = taken.emplace(name->value, service.name->value);
      if (!fresh && name && first->second != service.name->value)
        compilation.problems.add(keys.services.at, ErrorCode::config_name_repeated,
                                 in_quotes(first->second) + " and " + in_quotes(service.name->value) +
                                     " both answer to " + in_quotes(name->value) +
                                     "; give them names or listeners of their own");
    }
  }
}

std::vector<std::size_t> offered_by(const Names& services, const ListenerKeys& keys) {
  std::vector<std::size_t> offered;
  for (const auto& reference : keys.services->items) {
    const auto place = services.resolve(reference);
    if (place && std::find(offered.begin(), offered.end(), *place) == offered.end())
      offered.push_back(*place);
  }
  return offered;
}

void refuse_unoffered(Compilation& compilation, const std::vector<bool>& offered, const TenantKeys& keys) {
  if (!keys.listeners) return;
  for (const auto& listener : keys.listeners->items)
    if (!listener || !listener->services) return;
  for (std::size_t i = 0; i < keys.services->items.size(); ++i) {
    const Given<Name>& name = keys.services->items[i]->name;
    if (name && !offered[i])
      compilation.problems.add(
          name.at, ErrorCode::config_name_unused,
          "no listener offers " + in_quotes(name->value) + "; add it to one or take it out");
  }
}

/// Whoever took over the one process would have the other's certificate (CRT-01).
void refuse_shared_key(Compilation& compilation, const Given<DownstreamKeys>& given,
                       const model::Tenant& tenant) {
  const model::Credential& shown = tenant.enrolment->shown.credential;
  if (!given || (shown.key_file.empty() && shown.identity.empty())) return;
  for (const model::Service& service : tenant.services)
    for (const model::Credential* used : {&service.downstream.credential, &service.upstream.credential})
      if (used->key_file == shown.key_file && used->identity == shown.identity)
        return compilation.problems.add(
            given->identity ? given->identity.at : given->key.at, ErrorCode::config_name_repeated,
            "the service " + in_quotes(service.name) +
                " has that key already; what is shown to terminals that enrol needs one of its own");
}

}  // namespace

// A tenant has its own address, so that what reaches it is told apart before anything is read.
void check_endpoint(Compilation& compilation, const model::Tenant& tenant, const Given<Address>& address,
                    const Given<Port>& port) {
  if (!address) return;
  const std::string words = in_quotes(address->value.to_text());
  if (!is_lan_address(compilation, address->value))
    compilation.problems.add(
        address.at, ErrorCode::config_address_foreign,
        words + " is none of the box's LAN addresses; use one, or add it to its segment");
  const auto* owner =
      compilation.listener_addresses.claim(address->value, {tenant.id, tenant.name, address.at});
  if (owner != nullptr && owner->tenant != tenant.id)
    return compilation.problems.add(address.at, ErrorCode::config_address_conflict,
                                    words + " belongs to the tenant " + in_quotes(owner->tenant_name) +
                                        "; tenants share no address, so add another to the segment");
  if (!port) return;
  const model::Endpoint endpoint{address->value, static_cast<std::uint16_t>(port->value)};
  const auto* other = compilation.listener_endpoints.claim(endpoint, {tenant.id, tenant.name, port.at});
  if (other != nullptr)
    compilation.problems.add(port.at, ErrorCode::config_address_conflict,
                             in_quotes(endpoint.to_text()) + " is taken by the listener in line " +
                                 std::to_string(other->at.line) + "; choose another port");
}

void compile_listeners(Compilation& compilation, const TenantNames& names, const TenantKeys& keys,
                       model::Tenant& tenant) {
  Names listeners(compilation.problems, "listener");
  listeners.add_all(keys.listeners);
  std::vector<bool> anywhere(names.services.size(), false);
  for (const auto& given : keys.listeners->items) {
    model::Listener listener;
    listener.id = model::ListenerId(static_cast<std::uint16_t>(tenant.listeners.size()));
    take(given->name, listener.name);
    take(given->address, listener.endpoint.address);
    if (given->port) listener.endpoint.port = static_cast<std::uint16_t>(given->port->value);
    check_endpoint(compilation, tenant, given->address, given->port);
    refuse_repeated(
        compilation.problems, given->services->items, [](const Name& n) { return n.value; }, "the service");
    const std::vector<std::size_t> offered = offered_by(names.services, *given);
    for (const std::size_t place : offered) {
      anywhere[place] = true;
      listener.services.push_back(model::ServiceId(static_cast<std::uint16_t>(place)));
    }
    check_server_names(compilation, *given, offered, keys);
    tenant.listeners.push_back(std::move(listener));
  }
  refuse_unoffered(compilation, anywhere, keys);
}

void compile_enrolment(Compilation& compilation, TenantPart& part, const Given<TerminalEnrolmentKeys>& given,
                       model::Tenant& tenant) {
  check_endpoint(compilation, tenant, given->address, given->port);
  model::Listener listener{.id = model::ListenerId(static_cast<std::uint16_t>(tenant.listeners.size())),
                           .name = "enrolment"};
  take(given->address, listener.endpoint.address);
  if (given->port) listener.endpoint.port = static_cast<std::uint16_t>(given->port->value);
  tenant.enrolment = model::Enrolment{listener.id, compile_downstream(compilation, part, given->downstream)};
  tenant.listeners.push_back(std::move(listener));
  refuse_shared_key(compilation, given->downstream, tenant);
}

}  // namespace gw::config
