#include "config/keys_of.h"

#include <utility>

#include "config/load.h"

namespace gw::config {
namespace {

/// A model's value into its key.
template <class Form, class T>
void put(Given<Form>& key, const T& value) {
  key.value.value = value;
  key.state = State::given;
}

template <class L, class T>
void put_all(Given<L>& key, const std::vector<T>& values) {
  key.state = State::given;
  for (const T& value : values) put(key.value.items.emplace_back(), value);
}

template <class L, class T, class Convert>
void put_each(Given<L>& key, const std::vector<T>& things, Convert convert) {
  key.state = State::given;
  for (const T& thing : things) key.value.items.push_back({convert(thing), {}, State::given});
}

template <class Section>
void put_section(Given<Section>& key, Section section) {
  key.value = std::move(section);
  key.state = State::given;
}

ProfileKeys profile_keys(const model::Profile& profile) {
  ProfileKeys keys;
  put(keys.name, profile.name);
  if (profile.name == model::ProfileName::high_13) return keys;
  put(keys.until, profile.until);
  put(keys.reason, profile.reason);
  put(keys.approver, profile.approver);
  return keys;
}

AnchorKeys anchor_keys(const model::TrustAnchors& anchors) {
  AnchorKeys keys;
  put(keys.file, anchors.file);
  if (anchors.from.count() != 0) put(keys.from, anchors.from);
  if (anchors.until.count() != 0) put(keys.until, anchors.until);
  return keys;
}

template <class Keys>
Keys revocation_keys(const model::Revocation& revocation) {
  Keys keys;
  if (!revocation.lists.empty()) {
    keys.lists.state = State::given;
    for (const model::RevocationFile& list : revocation.lists)
      put(keys.lists.value.items.emplace_back(), list.file);
  }
  if (revocation.soft_until.count() != 0) put(keys.soft_until, revocation.soft_until);
  return keys;
}

/// Two files, or the identity in their place.
template <class Keys>
void put_credential(Keys& keys, const model::Credential& credential) {
  if (!credential.identity.empty()) return put(keys.identity, credential.identity);
  put(keys.certificate, credential.certificate_file);
  put(keys.key, credential.key_file);
}

IdentityKeys identity_keys(const model::Identity& identity) {
  IdentityKeys keys;
  put(keys.name, identity.name);
  put(keys.key, identity.key);
  if (!identity.est) return keys;
  EnrolmentKeys est;
  put(est.server_name, identity.est->server_name);
  put(est.port, identity.est->port);
  put_all(est.addresses, identity.est->addresses);
  put(est.anchors, identity.est->anchors_file);
  if (!identity.est->label.empty()) put(est.label, identity.est->label);
  put_section(keys.est, std::move(est));
  return keys;
}

ResponderKeys responder_keys(const model::Responder& responder) {
  ResponderKeys keys;
  put(keys.server_name, responder.server_name);
  put(keys.port, responder.port);
  put_all(keys.addresses, responder.addresses);
  put(keys.path, responder.path);
  return keys;
}

DownstreamKeys downstream_keys(const model::Downstream& downstream) {
  DownstreamKeys keys;
  put_all(keys.server_names, downstream.server_names);
  put_credential(keys, downstream.credential);
  put_section(keys.profile, profile_keys(downstream.profile));
  return keys;
}

UpstreamKeys upstream_keys(const model::Upstream& upstream, model::Mode mode) {
  UpstreamKeys keys;
  put(keys.server_name, upstream.server_name);
  put(keys.port, upstream.port);
  put_all(keys.addresses, upstream.addresses);
  put_section(keys.profile, profile_keys(upstream.profile));
  if (!model::speaks_upstream(mode)) return keys;
  put_credential(keys, upstream.credential);
  put_each(keys.anchors, upstream.anchors, anchor_keys);
  const model::Revocation& revocation = upstream.revocation;
  if (revocation.is_asked()) {
    put_section(keys.revocation, revocation_keys<CloudRevocationKeys>(revocation));
    put(keys.revocation.value.stapling, revocation.stapling);
    if (revocation.responder.is_there())
      put_section(keys.revocation.value.responder, responder_keys(revocation.responder));
  }
  put_all(keys.pins, upstream.pins);
  put(keys.proxy_protocol, upstream.proxy_header);
  put(keys.resume, upstream.resume);
  return keys;
}

ExceptionKeys exception_keys(const model::DatedException& exception) {
  ExceptionKeys keys;
  put(keys.until, exception.until);
  put(keys.reason, exception.reason);
  put(keys.approver, exception.approver);
  return keys;
}

ServiceKeys service_keys(const model::Service& service) {
  ServiceKeys keys;
  put(keys.name, service.name);
  put(keys.mode, service.mode);
  if (service.exception) put_section(keys.exception, exception_keys(*service.exception));
  if (model::speaks_downstream(service.mode))
    put_section(keys.downstream, downstream_keys(service.downstream));
  put_section(keys.upstream, upstream_keys(service.upstream, service.mode));
  ServiceLimitKeys limits;
  put(limits.idle, service.limits.idle);
  put(limits.lifetime, service.limits.lifetime);
  put(limits.connect, service.limits.connect);
  put(limits.handshake, service.limits.handshake);
  put_section(keys.limits, std::move(limits));
  return keys;
}

void put_name(MatchKeys& match, const model::Terminal& terminal) {
  switch (terminal.match_kind) {
    case model::SanKind::uri:
      return put(match.uri, terminal.match_value);
    case model::SanKind::dns:
      return put(match.dns, terminal.match_value);
    case model::SanKind::email:
      return put(match.email, terminal.match_value);
  }
}

TerminalKeys terminal_keys(const model::Terminal& terminal) {
  TerminalKeys keys;
  put(keys.name, terminal.name);
  MatchKeys match;
  if (terminal.source)
    put(match.source, *terminal.source);
  else
    put_name(match, terminal);
  put_section(keys.match, std::move(match));
  put(keys.blocked, terminal.blocked);
  return keys;
}

ListenerKeys listener_keys(const model::Tenant& tenant, const model::Listener& listener) {
  ListenerKeys keys;
  put(keys.name, listener.name);
  put(keys.address, listener.endpoint.address);
  put(keys.port, listener.endpoint.port);
  put_each(keys.services, listener.services,
           [&](model::ServiceId id) { return Name{tenant.services[id.number()].name}; });
  return keys;
}

/// The one for enrolment is written with what is shown there.
void put_listeners(TenantKeys& keys, const model::Tenant& tenant) {
  std::vector<model::Listener> listeners = tenant.listeners;
  if (tenant.enrolment) {
    TerminalEnrolmentKeys enrolment;
    put(enrolment.address, listeners.back().endpoint.address);
    put(enrolment.port, listeners.back().endpoint.port);
    put_section(enrolment.downstream, downstream_keys(tenant.enrolment->shown));
    put_section(keys.enrolment, std::move(enrolment));
    listeners.pop_back();
  }
  put_each(keys.listeners, listeners,
           [&](const model::Listener& listener) { return listener_keys(tenant, listener); });
}

RuleKeys rule_keys(const model::Tenant& tenant, const model::Rule& rule, TerminalStyle style) {
  RuleKeys keys;
  put(keys.name, rule.name);
  keys.terminals.state = State::given;
  keys.terminals.value.all = rule.all && style == TerminalStyle::as_written;
  for (const model::TerminalId id : rule.terminals)
    put(keys.terminals.value.names.items.emplace_back(), tenant.terminals[id.number()].name);
  put(keys.service, tenant.services[rule.service.number()].name);
  if (rule.until.count() != 0) put(keys.until, rule.until);
  return keys;
}

TenantLimitKeys tenant_limit_keys(const model::TenantLimits& limits) {
  TenantLimitKeys keys;
  put(keys.sessions, limits.sessions);
  put(keys.sessions_per_terminal, limits.sessions_per_terminal);
  put(keys.sessions_per_source, limits.sessions_per_source);
  put(keys.handshakes, limits.handshakes);
  put(keys.connections, limits.connections);
  put(keys.connections_per_terminal, limits.connections_per_terminal);
  put(keys.connections_per_source, limits.connections_per_source);
  return keys;
}

TenantKeys tenant_keys(const model::Tenant& tenant, TerminalStyle style) {
  TenantKeys keys;
  put(keys.name, tenant.name);
  put_each(keys.terminal_anchors, tenant.terminal_anchors, anchor_keys);
  if (tenant.terminal_revocation.is_asked())
    put_section(keys.terminal_revocation,
                revocation_keys<TerminalRevocationKeys>(tenant.terminal_revocation));
  put_section(keys.limits, tenant_limit_keys(tenant.limits));
  put_each(keys.terminals, tenant.terminals, terminal_keys);
  if (!tenant.identities.empty()) put_each(keys.identities, tenant.identities, identity_keys);
  put_each(keys.services, tenant.services, service_keys);
  put_listeners(keys, tenant);
  put_each(keys.rules, tenant.rules, [&](const model::Rule& rule) { return rule_keys(tenant, rule, style); });
  return keys;
}

template <class Keys>
void put_interface(Keys& keys, const std::string& interface, const model::Vlan& vlan) {
  put(keys.interface, vlan.id == 0 ? interface : vlan.parent);
  if (vlan.id != 0) put(keys.vlan, vlan.id);
}

DeviceKeys device_keys(const model::Device& device) {
  DeviceKeys keys;
  put(keys.name, device.name);
  put(keys.mac, device.mac);
  put_all(keys.addresses, device.addresses);
  return keys;
}

ServeKeys serve_keys(const model::Serve& serve) {
  ServeKeys keys;
  put(keys.names, serve.names);
  put(keys.time, serve.time);
  return keys;
}

HostKeys host_keys(const model::Host& host) {
  HostKeys keys;
  put(keys.name, host.name);
  put_all(keys.addresses, host.addresses);
  return keys;
}

SegmentKeys segment_keys(const model::LanSegment& segment) {
  SegmentKeys keys;
  put(keys.name, segment.name);
  put_interface(keys, segment.interface, segment.vlan);
  if (!segment.ports.empty()) put_all(keys.ports, segment.ports);
  put_all(keys.addresses, segment.addresses);
  put(keys.second_path, segment.second_path);
  put_all(keys.dhcp_servers, segment.dhcp_servers);
  put_all(keys.routers, segment.routers);
  put_each(keys.devices, segment.devices, device_keys);
  if (segment.serve != model::Serve{}) put_section(keys.serve, serve_keys(segment.serve));
  if (!segment.hosts.empty()) put_each(keys.hosts, segment.hosts, host_keys);
  return keys;
}

NetworkKeys network_keys(const model::Network& network) {
  NetworkKeys keys;
  put_each(keys.lan, network.lan, segment_keys);
  WanKeys wan;
  put_interface(wan, network.wan.interface, network.wan.vlan);
  put(wan.dhcp, network.wan.ipv4 == model::Ipv4Source::dhcp);
  put_all(wan.addresses, network.wan.addresses);
  put_all(wan.gateways, network.wan.gateways);
  put_section(keys.wan, std::move(wan));
  put_all(keys.resolvers, network.resolvers);
  put_all(keys.clinic_prefixes, network.clinic_prefixes);
  return keys;
}

ManagementKeys management_keys(const model::Management& management) {
  ManagementKeys keys;
  put(keys.interface, management.interface);
  put_all(keys.addresses, management.addresses);
  put(keys.address, management.listener.address);
  put(keys.port, management.listener.port);
  if (!management.names.empty()) put_all(keys.names, management.names);
  put(keys.own_port, management.own_port);
  put(keys.certificate, management.credential.certificate_file);
  put(keys.key, management.credential.key_file);
  if (!management.anchors.empty()) put_each(keys.anchors, management.anchors, anchor_keys);
  return keys;
}

RecipientKeys recipient_keys(const model::Backup::Recipient& recipient) {
  RecipientKeys keys;
  put(keys.name, recipient.name);
  put(keys.certificate, recipient.certificate_file);
  return keys;
}

BackupKeys backup_keys(const model::Backup& backup) {
  BackupKeys keys;
  put(keys.box, backup.box);
  put(keys.generations, backup.generations);
  put_each(keys.recipients, backup.recipients, recipient_keys);
  return keys;
}

ReceiverKeys receiver_keys(const model::OperationsCentre::Receiver& receiver) {
  ReceiverKeys keys;
  put(keys.server_name, receiver.server_name);
  put(keys.port, receiver.port);
  put_all(keys.addresses, receiver.addresses);
  return keys;
}

NocKeys noc_keys(const model::OperationsCentre& noc) {
  NocKeys keys;
  put(keys.operated_by, noc.operated_by);
  put(keys.country, noc.country);
  put(keys.certificate, noc.credential.certificate_file);
  put(keys.key, noc.credential.key_file);
  put_each(keys.anchors, noc.anchors, anchor_keys);
  put_section(keys.figures, receiver_keys(noc.figures));
  put_section(keys.records, receiver_keys(noc.records));
  put(keys.every, noc.every);
  if (!noc.orders.file.empty()) put(keys.orders, noc.orders.file);
  return keys;
}

UpdateKeys update_keys(const model::DailyWindow& window) {
  UpdateKeys keys;
  put(keys.window, window);
  return keys;
}

}  // namespace

RootKeys keys_of(const model::Configuration& configuration, TerminalStyle style) {
  RootKeys keys;
  put(keys.version, kVersion);
  put(keys.site, configuration.site);
  put(keys.second_person, configuration.second_person);
  put_section(keys.network, network_keys(configuration.network));
  put_each(keys.tenants, configuration.tenants,
           [&](const model::Tenant& tenant) { return tenant_keys(tenant, style); });
  if (configuration.management) put_section(keys.management, management_keys(*configuration.management));
  if (configuration.backup) put_section(keys.backup, backup_keys(*configuration.backup));
  if (configuration.noc) put_section(keys.noc, noc_keys(*configuration.noc));
  if (configuration.update_window) put_section(keys.update, update_keys(*configuration.update_window));
  return keys;
}

}  // namespace gw::config
