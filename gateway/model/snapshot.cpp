#include "model/snapshot.h"

#include "model/layout.h"

namespace gw::model {
namespace {

std::string name_key(SanKind kind, std::string_view value) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(kind)));
  return key.append(value);
}

std::uint64_t pair_key(TerminalId terminal, ServiceId service) {
  return static_cast<std::uint64_t>(terminal.number()) << 16 | service.number();
}

/// Every id is its position, so a lookup is an index.
template <class List>
bool ids_are_positions(const List& list) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].id.number() != i) return false;
  return true;
}

template <class Ids, class List>
bool all_resolve(const Ids& ids, const List& list) {
  for (const auto id : ids)
    if (id.number() >= list.size()) return false;
  return true;
}

Error inconsistent(const char* what) { return {ErrorCode::message_malformed, what}; }

void forget_paths(std::vector<TrustAnchors>& anchors, Revocation& revocation) {
  for (TrustAnchors& each : anchors) each.file.clear();
  for (RevocationFile& each : revocation.lists) each.file.clear();
  // The dialer knows the way there. The name is told, for the records.
  revocation.responder.addresses.clear();
  revocation.responder.path.clear();
}

void forget_paths(Credential& credential) {
  credential.certificate_file.clear();
  credential.key_file.clear();
  credential.identity.clear();
}

/// File paths and identities stay with the compiler and the supervisor.
void forget_paths(Tenant& tenant) {
  forget_paths(tenant.terminal_anchors, tenant.terminal_revocation);
  tenant.identities.clear();
  if (tenant.enrolment) forget_paths(tenant.enrolment->shown.credential);
  for (Service& service : tenant.services) {
    forget_paths(service.upstream.anchors, service.upstream.revocation);
    forget_paths(service.downstream.credential);
    forget_paths(service.upstream.credential);
  }
}

}  // namespace

Snapshot::Snapshot(Generation generation, Tenant tenant)
    : generation_(generation), tenant_(std::move(tenant)) {}

Result<SnapshotPtr> Snapshot::make(Generation generation, Tenant tenant) {
  std::shared_ptr<Snapshot> snapshot(new Snapshot(generation, std::move(tenant)));
  GW_TRY(snapshot->check());
  snapshot->index();
  return SnapshotPtr(std::move(snapshot));
}

Result<SnapshotPtr> Snapshot::decode(Bytes sealed) {
  Reader reader(sealed);
  Generation generation{};
  Tenant tenant;
  reader.field(generation);
  reader.field(tenant);
  GW_TRY(reader.finish());
  return make(generation, std::move(tenant));
}

std::vector<std::uint8_t> Snapshot::encode(Generation generation, Tenant tenant) {
  forget_paths(tenant);
  Writer writer;
  writer.field(generation);
  writer.field(tenant);
  return writer.take();
}

Result<> Snapshot::check() const {
  const Tenant& t = tenant_;
  if (!ids_are_positions(t.services) || !ids_are_positions(t.listeners) || !ids_are_positions(t.terminals) ||
      !ids_are_positions(t.rules))
    return inconsistent("an id is not its position");
  for (const Listener& listener : t.listeners)
    if (listener.services.empty() != t.is_for_enrolment(listener.id) ||
        !all_resolve(listener.services, t.services))
      return inconsistent("a listener names no service, or an unknown one");
  if (t.enrolment && t.enrolment->listener.number() >= t.listeners.size())
    return inconsistent("there is no listener for enrolment");
  for (const Service& service : t.services)
    if (service.exception && service.exception->until.count() <= 0)
      return inconsistent("an exception without an end");
  for (const Rule& rule : t.rules)
    if (rule.service.number() >= t.services.size() || !all_resolve(rule.terminals, t.terminals))
      return inconsistent("a rule names an unknown service or terminal");
  return Done{};
}

void Snapshot::index() {
  for (const Terminal& terminal : tenant_.terminals)
    if (terminal.source)
      terminal_by_source_.emplace(*terminal.source, terminal.id);
    else
      terminal_by_name_.emplace(name_key(terminal.match_kind, terminal.match_value), terminal.id);
  for (const Rule& rule : tenant_.rules)
    for (const TerminalId terminal : rule.terminals)
      rule_by_pair_.emplace(pair_key(terminal, rule.service), rule.id);
}

const Listener* Snapshot::find_listener(const Endpoint& endpoint) const {
  for (const Listener& listener : tenant_.listeners)
    if (listener.endpoint == endpoint) return &listener;
  return nullptr;
}

const Terminal* Snapshot::find_terminal(const CertificateIdentity& identity) const {
  std::optional<TerminalId> found;
  for (const CertificateIdentity::Name& name : identity.names()) {
    const auto it = terminal_by_name_.find(name_key(name.kind, name.value));
    if (it == terminal_by_name_.end()) continue;
    if (found && *found != it->second) return nullptr;
    found = it->second;
  }
  return found ? &terminal(*found) : nullptr;
}

const Terminal* Snapshot::find_terminal(const IpAddress& source) const {
  const auto it = terminal_by_source_.find(source);
  return it == terminal_by_source_.end() ? nullptr : &terminal(it->second);
}

const Rule* Snapshot::find_rule(TerminalId terminal, ServiceId service) const {
  const auto it = rule_by_pair_.find(pair_key(terminal, service));
  return it == rule_by_pair_.end() ? nullptr : &rule(it->second);
}

}  // namespace gw::model
