#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

model::KeyId claim_key(Compilation& compilation, TenantPart& tenant, const Given<FilePath>& key) {
  const auto* earlier = compilation.key_files.claim(key->value, {tenant.id, tenant.name, key.at});
  if (earlier != nullptr && earlier->tenant != tenant.id)
    compilation.problems.add(key.at, ErrorCode::config_name_repeated,
                             "the key " + in_quotes(key->value) + " belongs to the tenant " +
                                 in_quotes(earlier->tenant_name) +
                                 "; tenants share no keys, so use one of its own");
  return tenant.key_of({model::Wiring::Place::configuration, key->value});
}

/// Files or an identity: one of the two ways, and that whole.
template <class Side>
void check_ways(Compilation& compilation, const Given<Side>& side) {
  const bool certificate = side->certificate.state != State::absent, key = side->key.state != State::absent;
  const bool identity = side->identity.state != State::absent;
  if (identity && (certificate || key))
    compilation.problems.add(
        side->identity.at, ErrorCode::config_value_choice,
        "the box keeps certificate and key of an identity itself; take `certificate` and `key` out here, or "
        "`identity`");
  if (identity || (certificate && key)) return;
  const char* missing = certificate ? "`key`, the PEM file with the certificate's private key,"
                        : key       ? "`certificate`, the PEM file with the key's certificate chain,"
                                    : "`certificate` and `key`, or `identity`,";
  compilation.problems.add(side.at, ErrorCode::config_key_missing,
                           std::string(missing) + " must stand here: what the box shows to this side");
}

template <class Side>
model::Credential compile_credential(Compilation& compilation, TenantPart& tenant, const Given<Side>& side,
                                     model::ManagedIdentity::Side shown_to) {
  model::Credential credential;
  if (!side) return credential;
  check_ways(compilation, side);
  if (side->identity) return credential_of_identity(compilation, tenant, side->identity, shown_to);
  take(side->certificate, credential.certificate_file);
  take(side->key, credential.key_file);
  credential.chain_pem = compilation.shelf.certificates(side->certificate);
  if (side->key) credential.key = claim_key(compilation, tenant, side->key);
  return credential;
}

/// A pin without a reserve locks the service out on the day its key changes (SRV-02).
void check_pins(Compilation& compilation, const Given<List<PinText, 0, 16>>& pins) {
  if (pins->items.size() == 1)
    compilation.problems.add(pins.at, ErrorCode::config_value_range,
                             "one pin alone has no reserve; add the pin of a second key, or take it out");
  refuse_repeated(
      compilation.problems, pins->items, [](const PinText& pin) { return pin.node().text; },
      "a reserve must be another key: the pin");
}

model::Upstream compile_upstream(Compilation& compilation, TenantPart& tenant,
                                 const Given<UpstreamKeys>& given, model::Mode mode) {
  const UpstreamKeys& keys = *given;
  model::Upstream upstream;
  take(keys.server_name, upstream.server_name);
  if (keys.port) upstream.port = static_cast<std::uint16_t>(keys.port->value);
  take_all(keys.addresses, upstream.addresses);
  check_endpoints(compilation, keys.server_name, keys.addresses, "the cloud service");
  upstream.profile = compile_profile(compilation, keys.profile);
  if (!model::speaks_upstream(mode)) return upstream;
  upstream.credential = compile_credential(compilation, tenant, given, model::ManagedIdentity::Side::clouds);
  upstream.anchors = compile_anchors(compilation, keys.anchors);
  if (keys.revocation)
    upstream.revocation = compile_revocation(compilation, keys.revocation, upstream.anchors);
  take_all(keys.pins, upstream.pins);
  check_pins(compilation, keys.pins);
  take(keys.proxy_protocol, upstream.proxy_header);
  take(keys.resume, upstream.resume);
  return upstream;
}

}  // namespace

model::Downstream compile_downstream(Compilation& compilation, TenantPart& tenant,
                                     const Given<DownstreamKeys>& given) {
  const DownstreamKeys& keys = *given;
  model::Downstream downstream;
  take_all(keys.server_names, downstream.server_names);
  refuse_repeated(
      compilation.problems, keys.server_names->items, [](const HostName& n) { return n.value; }, "the name");
  downstream.credential =
      compile_credential(compilation, tenant, given, model::ManagedIdentity::Side::terminals);
  downstream.profile = compile_profile(compilation, keys.profile);
  return downstream;
}

void check_endpoints(Compilation& compilation, const Given<HostName>& name,
                     const Given<List<Address, 0, 16>>& addresses, const std::string& whose) {
  refuse_repeated(
      compilation.problems, addresses->items, [](const Address& a) { return a.value.to_text(); },
      "the address");
  for (const auto& address : addresses->items)
    if (address) refuse_clinic_address(compilation, address.at, address->value, whose + "'s address");
  const bool resolvable = compilation.network_keys.state != State::given ||
                          compilation.network_keys->resolvers.state == State::broken ||
                          !compilation.network_keys->resolvers->items.empty();
  if (addresses.state != State::broken && addresses->items.empty() && name && !resolvable)
    compilation.problems.add(name.at, ErrorCode::config_key_missing,
                             "nobody can be asked where " + in_quotes(name->value) +
                                 " is: give `network.resolvers`, or `addresses` beside this key");
}

model::Service compile_service(Compilation& compilation, TenantPart& tenant, model::ServiceId id,
                               const ServiceKeys& keys) {
  model::Service service;
  service.id = id;
  take(keys.name, service.name);
  take(keys.mode, service.mode);
  check_mode(compilation, keys, service.mode);
  service.exception = compile_exception(compilation, keys.exception);
  service.downstream = compile_downstream(compilation, tenant, keys.downstream);
  service.upstream = compile_upstream(compilation, tenant, keys.upstream, service.mode);
  if (!model::speaks_downstream(service.mode))
    service.downstream.server_names = {service.upstream.server_name};
  take(keys.limits->idle, service.limits.idle);
  take(keys.limits->lifetime, service.limits.lifetime);
  take(keys.limits->connect, service.limits.connect);
  take(keys.limits->handshake, service.limits.handshake);
  return service;
}

}  // namespace gw::config
