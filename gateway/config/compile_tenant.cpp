#include "config/compilation.h"

namespace gw::config {
namespace {

model::TenantLimits compile_limits(const TenantLimitKeys& keys) {
  model::TenantLimits limits;
  take(keys.sessions, limits.sessions);
  take(keys.sessions_per_terminal, limits.sessions_per_terminal);
  take(keys.sessions_per_source, limits.sessions_per_source);
  take(keys.handshakes, limits.handshakes);
  take(keys.connections, limits.connections);
  take(keys.connections_per_terminal, limits.connections_per_terminal);
  take(keys.connections_per_source, limits.connections_per_source);
  return limits;
}

}  // namespace

model::Tenant compile_tenant(Compilation& compilation, model::TenantId id, const TenantKeys& keys) {
  model::Tenant tenant;
  tenant.id = id;
  take(keys.name, tenant.name);
  tenant.terminal_anchors = compile_anchors(compilation, keys.terminal_anchors);
  if (keys.terminal_revocation)
    tenant.terminal_revocation =
        compile_revocation(compilation, keys.terminal_revocation, tenant.terminal_anchors);
  tenant.limits = compile_limits(*keys.limits);
  compile_terminals(compilation, keys, tenant);
  TenantPart part{.id = id, .name = tenant.name};
  part.identity_names.emplace(compilation.problems, "identity");
  hold_identities(compilation, keys, part);
  for (std::size_t i = 0; i < keys.services->items.size(); ++i)
    tenant.services.push_back(compile_service(
        compilation, part, model::ServiceId(static_cast<std::uint16_t>(i)), *keys.services->items[i]));
  tenant.identities = compile_identities(compilation, keys);
  TenantNames names{Names(compilation.problems, "terminal"), Names(compilation.problems, "service")};
  names.terminals.add_all(keys.terminals);
  names.services.add_all(keys.services);
  compile_listeners(compilation, names, keys, tenant);
  if (keys.enrolment) compile_enrolment(compilation, part, keys.enrolment, tenant);
  check_use_of_identities(compilation, keys, part, tenant);
  compile_rules(compilation, names, keys, tenant);
  return tenant;
}

}  // namespace gw::config
