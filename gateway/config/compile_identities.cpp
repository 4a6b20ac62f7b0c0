#include <array>
#include <string>

#include "config/compilation.h"
#include "config/pem.h"
#include "model/renewal.h"

namespace gw::config {
namespace {

const char* whom(model::ManagedIdentity::Side side) {
  return side == model::ManagedIdentity::Side::terminals ? "terminals" : "cloud services";
}

std::string compile_anchors_file(Compilation& compilation, const Given<FilePath>& path) {
  std::string pem = compilation.shelf.certificates(path);
  if (pem.size() <= model::kMostSlotText) return pem;
  compilation.problems.add(path.at, ErrorCode::config_too_large,
                           in_quotes(path->value) + " holds more than 64 KiB of certificates; leave those " +
                               "of the enrolment server's authority");
  return {};
}

model::EnrolmentServer compile_server(Compilation& compilation, const EnrolmentKeys& keys) {
  model::EnrolmentServer server;
  take(keys.server_name, server.server_name);
  if (keys.port) server.port = static_cast<std::uint16_t>(keys.port->value);
  take_all(keys.addresses, server.addresses);
  check_endpoints(compilation, keys.server_name, keys.addresses, "the enrolment server");
  take(keys.anchors, server.anchors_file);
  server.anchors_pem = compile_anchors_file(compilation, keys.anchors);
  take(keys.label, server.label);
  return server;
}

/// What the box has of it. Without a reader nobody knows, and nothing is said.
std::string chain_of(Compilation& compilation, const TenantPart& tenant, const IdentityKeys& keys) {
  const Given<Name>& name = keys.name;
  const IdentityReader& read = compilation.surroundings.read_identity;
  if (!read || !name) return {};
  const std::string kept = read(tenant.name, name->value);
  const auto chain = certificates_beside_key(kept);
  if (chain) return *chain;
  compilation.problems.warn(
      name.at, ErrorCode::config_identity_missing,
      "the box has no certificate for the identity " + in_quotes(name->value) +
          " yet, so services with it refuse everybody; " +
          (keys.est ? "it asks for one as soon as it has been given a ticket of the enrolment server"
                    : "make a request with `sekisho cert request` and bring its answer with `cert adopt`") +
          (kept.empty() ? std::string() : " (what it has cannot be used: " + chain.error().detail + ")"));
  return {};
}

/// Another tenant's, or nobody's.
void refuse_unknown(Compilation& compilation, const TenantPart& tenant, const Given<Name>& name) {
  const auto owner = compilation.identity_owners.find(name->value);
  if (owner == compilation.identity_owners.end() || owner->second == tenant.name ||
      tenant.identities.contains(name->value)) {
    static_cast<void>(tenant.identity_names->resolve(name));
    return;
  }
  compilation.problems.add(name.at, ErrorCode::config_name_unresolved,
                           "the identity " + in_quotes(name->value) + " belongs to the tenant " +
                               in_quotes(owner->second) +
                               "; tenants share no keys, so give this one an identity of its own");
}

/// RFC 5280 4.2.1.12: a certificate counts for one side alone (CRT-02).
void refuse_both_sides(Compilation& compilation, const Given<Name>& name, TenantPart::HeldIdentity& held,
                       model::ManagedIdentity::Side side) {
  if (!held.side) held.side = side;
  if (*held.side == side) return;
  compilation.problems.add(name.at, ErrorCode::config_name_repeated,
                           "the identity " + in_quotes(name->value) + " is shown to " + whom(*held.side) +
                               " already, and a certificate counts for one side alone; give " + whom(side) +
                               " another identity");
}

/// Names that a certificate for terminals would carry.
std::size_t hosts_of(const model::Tenant& tenant, const std::string& identity) {
  std::size_t hosts = 0;
  const auto add = [&](const model::Downstream& shown) {
    if (shown.credential.identity == identity) hosts += shown.server_names.size();
  };
  for (const model::Service& service : tenant.services) add(service.downstream);
  if (tenant.enrolment) add(tenant.enrolment->shown);
  return hosts;
}

void check_hosts(Compilation& compilation, const Given<Name>& name, std::size_t hosts) {
  if (hosts == 0)
    compilation.problems.add(name.at, ErrorCode::config_key_missing,
                             "terminals could not tell whose certificate " + in_quotes(name->value) +
                                 " is: give `server_names` in the `downstream` that shows it");
  if (hosts > kMostHosts)
    compilation.problems.add(name.at, ErrorCode::config_value_range,
                             "one certificate cannot carry " + std::to_string(hosts) + " names, at most " +
                                 std::to_string(kMostHosts) + "; give some services another identity");
}

}  // namespace

void hold_identities(Compilation& compilation, const TenantKeys& keys, TenantPart& tenant) {
  tenant.identity_names->add_all(keys.identities);
  for (const auto& given : keys.identities->items)
    if (given->name)
      tenant.identities.emplace(given->name->value,
                                TenantPart::HeldIdentity{chain_of(compilation, tenant, *given), {}});
}

std::vector<model::Identity> compile_identities(Compilation& compilation, const TenantKeys& keys) {
  std::vector<model::Identity> out;
  for (const auto& given : keys.identities->items) {
    model::Identity identity;
    take(given->name, identity.name);
    take(given->key, identity.key);
    if (given->est) identity.est = compile_server(compilation, *given->est);
    out.push_back(std::move(identity));
  }
  return out;
}

model::Credential credential_of_identity(Compilation& compilation, TenantPart& tenant,
                                         const Given<Name>& name, model::ManagedIdentity::Side side) {
  model::Credential credential;
  const auto held = tenant.identities.find(name->value);
  if (held == tenant.identities.end()) {
    refuse_unknown(compilation, tenant, name);
    return credential;
  }
  refuse_both_sides(compilation, name, held->second, side);
  credential.identity = name->value;
  credential.chain_pem = held->second.chain;
  credential.key = tenant.key_of({model::Wiring::Place::identities, name->value});
  return credential;
}

void check_use_of_identities(Compilation& compilation, const TenantKeys& keys, const TenantPart& part,
                             const model::Tenant& tenant) {
  for (const auto& given : keys.identities->items) {
    if (!given->name) continue;
    const auto held = part.identities.find(given->name->value);
    if (!held->second.side)
      compilation.problems.add(given->name.at, ErrorCode::config_name_unused,
                               "no service shows the identity " + in_quotes(given->name->value) +
                                   "; name it in a `downstream` or an `upstream`, or take it out");
    else if (held->second.side == model::ManagedIdentity::Side::terminals)
      check_hosts(compilation, given->name, hosts_of(tenant, given->name->value));
  }
}

}  // namespace gw::config
