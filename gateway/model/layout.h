#pragma once

// The byte layout of the model's values, for sealed snapshots. Bounds are the model's own limits.

#include "base/text.h"
#include "model/configuration.h"

namespace gw::model {

template <class Io>
void visit(Io& io, Profile& p) {
  io.choice(p.name, ProfileName::high_12);
  io.field(p.until);
  io.text(p.reason, 512);
  io.text(p.approver, 128);
}

template <class Io>
void visit(Io& io, Credential& c) {
  io.text(c.certificate_file, 4096);
  io.text(c.key_file, 4096);
  io.text(c.identity, kMaxName);
  io.text(c.chain_pem, kMaxPem);
  io.field(c.key);
}

template <class Io>
void visit(Io& io, TrustAnchors& a) {
  io.text(a.file, 4096);
  io.text(a.pem, kMaxPem);
  io.field(a.from);
  io.field(a.until);
}

template <class Io>
void visit(Io& io, RevocationFile& f) {
  io.text(f.file, 4096);
  io.blob(f.octets, kMaxRevocationList);
}

template <class Io>
void visit(Io& io, Responder& r) {
  io.text(r.server_name, 253);
  io.range(r.port, std::uint16_t{1}, std::uint16_t{65535});
  io.list(r.addresses, 16);
  io.text(r.path, kMaxResponderPath);
}

template <class Io>
void visit(Io& io, Revocation& r) {
  io.list(r.lists, kMaxRevocationLists);
  io.field(r.stapling);
  io.field(r.responder);
  io.field(r.soft_until);
}

/// A list of texts, each of at most `most_each` bytes.
template <class Io>
void texts(Io& io, std::vector<std::string>& values, std::size_t most, std::size_t most_each) {
  auto size = static_cast<std::uint32_t>(values.size());
  io.range(size, 0u, static_cast<std::uint32_t>(most));
  if constexpr (Io::kReading) values.assign(io.faulty() ? 0 : size, {});
  for (std::string& value : values) io.text(value, most_each);
}

template <class Io>
void visit(Io& io, Downstream& d) {
  texts(io, d.server_names, 64, 253);
  io.field(d.credential);
  io.field(d.profile);
}

template <class Io>
void visit(Io& io, Upstream& u) {
  io.text(u.server_name, 253);
  io.range(u.port, std::uint16_t{1}, std::uint16_t{65535});
  io.list(u.addresses, 16);
  io.field(u.credential);
  io.list(u.anchors, kMaxAnchorFiles);
  io.field(u.revocation);
  io.field(u.profile);
  io.list(u.pins, 16);
  io.choice(u.proxy_header, ProxyHeader::inside_tls);
  io.field(u.resume);
}

template <class Io>
void visit(Io& io, ServiceLimits& l) {
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  io.range(l.idle, seconds{1}, seconds{604'800});
  io.range(l.lifetime, seconds{1}, seconds{31'622'400});
  io.range(l.connect, milliseconds{100}, milliseconds{60'000});
  io.range(l.handshake, milliseconds{100}, milliseconds{60'000});
}

template <class Io>
void visit(Io& io, DatedException& e) {
  io.field(e.until);
  io.text(e.reason, 512);
  io.text(e.approver, 128);
}

template <class Io>
void visit(Io& io, Service& s) {
  io.field(s.id);
  io.text(s.name, kMaxName);
  io.choice(s.mode, Mode::pass_through);
  io.field(s.downstream);
  io.field(s.upstream);
  io.field(s.limits);
  io.maybe(s.exception);
}

template <class Io>
void visit(Io& io, Terminal& t) {
  io.field(t.id);
  io.text(t.name, kMaxName);
  io.choice(t.match_kind, SanKind::email);
  io.text(t.match_value, 512);
  io.field(t.blocked);
  io.maybe(t.source);
}

template <class Io>
void visit(Io& io, Listener& l) {
  io.field(l.id);
  io.text(l.name, kMaxName);
  io.field(l.endpoint);
  io.list(l.services, kMaxServices);
}

template <class Io>
void visit(Io& io, Rule& r) {
  io.field(r.id);
  io.text(r.name, kMaxName);
  io.list(r.terminals, kMaxTerminals);
  io.field(r.service);
  io.field(r.until);
  io.field(r.all);
}

template <class Io>
void visit(Io& io, TenantLimits& l) {
  io.range(l.sessions, 1u, 100'000u);
  io.range(l.sessions_per_terminal, 1u, 100'000u);
  io.range(l.sessions_per_source, 1u, 100'000u);
  io.range(l.handshakes, 1u, 100'000u);
  io.range(l.connections, 1u, 1'000'000u);
  io.range(l.connections_per_terminal, 1u, 1'000'000u);
  io.range(l.connections_per_source, 1u, 1'000'000u);
}

template <class Io>
void visit(Io& io, Vlan& v) {
  io.text(v.parent, kInterfaceNameLimit);
  io.range(v.id, std::uint16_t{0}, std::uint16_t{4094});
}

template <class Io>
void visit(Io& io, Device& d) {
  io.text(d.name, kMaxName);
  io.field(d.mac);
  io.list(d.addresses, 8);
}

template <class Io>
void visit(Io& io, Host& h) {
  io.text(h.name, 253);
  io.list(h.addresses, 16);
}

template <class Io>
void visit(Io& io, Serve& s) {
  io.field(s.names);
  io.field(s.time);
}

template <class Io>
void visit(Io& io, LanSegment& s) {
  io.text(s.name, kMaxName);
  io.text(s.interface, kInterfaceNameLimit);
  io.list(s.addresses, kMaxSegmentAddresses);
  io.field(s.vlan);
  texts(io, s.ports, kMaxPorts, kInterfaceNameLimit);
  io.choice(s.second_path, SecondPath::refuse_terminal);
  io.list(s.dhcp_servers, 8);
  io.list(s.routers, 8);
  io.list(s.devices, kMaxDevices);
  io.field(s.serve);
  io.list(s.hosts, kMaxHosts);
}

template <class Io>
void visit(Io& io, Wan& w) {
  io.text(w.interface, kInterfaceNameLimit);
  io.list(w.addresses, 8);
  io.list(w.gateways, 2);
  io.field(w.vlan);
  io.choice(w.ipv4, Ipv4Source::dhcp);
}

template <class Io>
void visit(Io& io, Network& n) {
  io.list(n.lan, kMaxSegments);
  io.field(n.wan);
  io.list(n.resolvers, 8);
  io.list(n.clinic_prefixes, 64);
}

template <class Io>
void visit(Io& io, EnrolmentServer& s) {
  io.text(s.server_name, 253);
  io.range(s.port, std::uint16_t{1}, std::uint16_t{65535});
  io.list(s.addresses, 16);
  io.text(s.label, 64);
  io.text(s.anchors_file, 4096);
  io.text(s.anchors_pem, kMaxPem);
}

template <class Io>
void visit(Io& io, Identity& i) {
  io.text(i.name, kMaxName);
  io.choice(i.key, KeyKind::rsa_3072);
  io.maybe(i.est);
}

template <class Io>
void visit(Io& io, ProxyDoor& d) {
  io.text(d.cloud_name, 253);
  io.range(d.cloud_port, std::uint16_t{1}, std::uint16_t{65535});
  io.text(d.box, 253 + 6);
}

template <class Io>
void visit(Io& io, Enrolment& e) {
  io.field(e.listener);
  io.field(e.shown);
  io.list(e.proxies, kMaxServices);
}

template <class Io>
void visit(Io& io, Tenant& t) {
  io.field(t.id);
  io.text(t.name, kMaxName);
  io.list(t.terminal_anchors, kMaxAnchorFiles);
  io.field(t.terminal_revocation);
  io.field(t.limits);
  io.list(t.terminals, kMaxTerminals);
  io.list(t.services, kMaxServices);
  io.list(t.listeners, kMaxListeners + 1);  // and the one for enrolment
  io.list(t.rules, kMaxRules);
  io.list(t.identities, kMaxIdentities);
  io.maybe(t.enrolment);
}

template <class Io>
void visit(Io& io, Management& m) {
  io.text(m.interface, kInterfaceNameLimit);
  io.list(m.addresses, kMaxSegmentAddresses);
  io.field(m.listener);
  texts(io, m.names, kMaxManagementNames, 253);
  io.field(m.own_port);
  io.field(m.credential);
  io.list(m.anchors, kMaxAnchorFiles);
}

template <class Io>
void visit(Io& io, Backup::Recipient& r) {
  io.text(r.name, kMaxName);
  io.text(r.certificate_file, 4096);
  io.text(r.pem, kMaxPem);
}

template <class Io>
void visit(Io& io, Backup& b) {
  io.text(b.box, kMaxName);
  io.range(b.generations, Backup::kLeast, Backup::kMost);
  io.list(b.recipients, kMaxBackupRecipients);
}

template <class Io>
void visit(Io& io, OperationsCentre::Receiver& r) {
  io.text(r.server_name, 253);
  io.range(r.port, std::uint16_t{1}, std::uint16_t{65535});
  io.list(r.addresses, 16);
}

template <class Io>
void visit(Io& io, OperationsCentre::Signer& s) {
  io.text(s.file, 4096);
  io.text(s.pem, kMaxSignerPem);
}

template <class Io>
void visit(Io& io, OperationsCentre& o) {
  io.text(o.operated_by, 128);
  io.choice(o.country, OperationsCentre::Country::japan);
  io.field(o.credential);
  io.list(o.anchors, kMaxAnchorFiles);
  io.field(o.figures);
  io.field(o.records);
  io.range(o.every, OperationsCentre::kSoonest, OperationsCentre::kLatest);
  io.field(o.orders);
}

template <class Io>
void visit(Io& io, Configuration& c) {
  io.field(c.generation);
  io.text(c.site, kMaxName);
  io.field(c.network);
  io.list(c.tenants, kMaxTenants);
  io.maybe(c.management);
  io.maybe(c.backup);
  io.maybe(c.noc);
}

}  // namespace gw::model
