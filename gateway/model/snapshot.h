#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "model/configuration.h"
#include "model/identity.h"
#include "model/key_use.h"
#include "model/layout.h"

namespace gw::model {

/// What one tenant's compartment knows of a configuration: its own tenant and nothing of another.
/// Immutable; shared by the sessions admitted under it. Every id in it resolves.
class Snapshot {
 public:
  /// From the sealed bytes a compartment was handed.
  static Result<std::shared_ptr<const Snapshot>> decode(Bytes sealed);
  /// From a value, for tests. The same checks apply.
  static Result<std::shared_ptr<const Snapshot>> make(Generation generation, Tenant tenant);
  /// The bytes that decode() reads, of what sessions_of() or enrolment_of() left. File paths are left out:
  /// they are none of a compartment's business.
  static std::vector<std::uint8_t> encode(Generation generation, Tenant tenant);

  Generation generation() const { return generation_; }
  const Tenant& tenant() const { return tenant_; }
  const Service& service(ServiceId id) const { return tenant_.services[id.number()]; }
  const Listener& listener(ListenerId id) const { return tenant_.listeners[id.number()]; }
  const Terminal& terminal(TerminalId id) const { return tenant_.terminals[id.number()]; }
  const Rule& rule(RuleId id) const { return tenant_.rules[id.number()]; }

  /// The one terminal the identity's names lead to; none if they lead nowhere or to several.
  const Terminal* find_terminal(const CertificateIdentity& identity) const;
  /// The one that is known by this address.
  const Terminal* find_terminal(const IpAddress& source) const;
  /// The listener at this address and port, if there is one.
  const Listener* find_listener(const Endpoint& endpoint) const;
  /// The rule for this pair; at most one exists.
  const Rule* find_rule(TerminalId terminal, ServiceId service) const;

 private:
  Snapshot(Generation generation, Tenant tenant);
  Result<> check() const;
  void index();

  Generation generation_{};
  Tenant tenant_;
  std::unordered_map<std::string, TerminalId> terminal_by_name_;  // kind digit, then the value
  std::map<IpAddress, TerminalId> terminal_by_source_;
  std::unordered_map<std::uint64_t, RuleId> rule_by_pair_;
};

/// Encoded: certificates and lists take 64 MiB at most (config/shelf.cpp).
inline constexpr std::size_t kMostSnapshot = 96 * 1024 * 1024;
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// What its proxyd knows of a tenant: not where terminals enrol.
Tenant sessions_of(Tenant tenant);
/// Where its terminals' browsers ask for tunnels: of each cloud's name and port the first door.
std::vector<ProxyDoor> proxy_doors_of(const Tenant& tenant);
/// What its enrold knows: its terminals, whom it trusts, and the one listener.
Tenant enrolment_of(Tenant tenant);

/// Who may have a target dialled.
enum class Caller : std::uint8_t {
  proxyd,  ///< for a session with a service
  guest,   ///< a one-shot: for an identity's enrolment server, or for the operations centre
};
/// What one tenant's dialer knows: where each service lives, then where each identity's enrolment server
/// does, and what must never be dialled.
struct DialTarget {
  ServiceId service{};  ///< its place; enrolment servers come after the services
  Caller caller{};
  std::string server_name{};
  std::uint16_t port = 0;
  std::vector<IpAddress> addresses{};
};
/// Where the OCSP responder of a service is (SRV-03). No socket to it leaves the dialer.
struct DialResponder {
  DialTarget where{};  ///< `service` is whose cloud's certificate is asked about
  std::string path{};  ///< of the URL; visible ASCII, with its leading slash
};
struct DialTable {
  Generation generation{};
  std::vector<DialTarget> targets{};
  std::vector<DialResponder> responders{};  ///< at most one of each service
  std::vector<Endpoint> resolvers{};
  std::vector<Prefix> forbidden{};
};
/// The networks on the clinic's side, which are never dialled (W8).
std::vector<Prefix> clinic_side_of(const Network& network);
DialTable dial_table_of(const Configuration& configuration, TenantId tenant);
/// What the dialer toward the operations centre knows; of a configuration that has one.
DialTable noc_dial_table_of(const Configuration& configuration);

/// What the supervisor knows: whom to start, what to bind, which key file goes to whom.
struct Wiring {
  /// What a key's file is relative to.
  enum class Place : std::uint8_t {
    configuration,  ///< the configuration's directory
    identities,     ///< the state folder's `identities`: key and chain of an identity that the box keeps
  };
  struct Listening {
    ListenerId listener{};
    Endpoint endpoint{};
  };
  struct Key {
    KeyId key{};
    std::string file{};
    KeyUse use{};
    std::vector<Pin> public_keys{};  ///< of the certificates it goes with; it must be theirs
    Place place{};
  };
  struct Name {
    std::string text{};
  };
  struct Device {
    std::string text{};
    bool blocked = false;  ///< by the configuration
  };
  struct Enrolment {
    Listening listening{};
    std::vector<Key> keys{};  ///< one; none: the identity is not there yet
    std::string host{};       ///< the name by which terminals know it; else its address
  };
  /// Where administrators come in.
  struct Management {
    Endpoint listener{};
    std::vector<Key> keys{};  ///< one
  };
  /// The way to the operations centre.
  struct Noc {
    std::vector<Key> keys{};  ///< one
    std::chrono::seconds every{0};
    std::string signer{};  ///< of its orders, PEM; empty: none are asked for
  };
  struct Compartment {
    TenantId tenant{};
    std::string name{};
    std::vector<Listening> listeners{};
    std::vector<Key> keys{};
    std::optional<Enrolment> enrolment{};
    std::vector<Name> services{};     ///< what a cut may name
    std::vector<Device> terminals{};  ///< likewise
  };
  Generation generation{};
  std::string site{};
  std::vector<Compartment> compartments{};
  std::vector<LanSegment> segments{};  ///< what is watched for second paths
  std::string borrows{};               ///< the interface that asks for its address by DHCP; none: nobody does
  std::vector<Prefix> clinic{};        ///< what was lent must lie outside of
  std::vector<IpAddress> names{};      ///< where the name service answers; none: nobody asks for it
  std::vector<Prefix> time{};          ///< likewise the time service, with the networks it serves
  std::optional<Management> management{};      ///< none: there is no webd
  std::optional<Noc> noc{};                    ///< none: nobody is told how the box is
  std::optional<DailyWindow> update_window{};  ///< when an image that waits is tried by itself; none: never
};
Wiring wiring_of(const Configuration& configuration);

template <class Io>
void visit(Io& io, DialTarget& t) {
  io.field(t.service);
  io.choice(t.caller, Caller::guest);
  io.text(t.server_name, 253);
  io.range(t.port, std::uint16_t{1}, std::uint16_t{65535});
  io.list(t.addresses, 16);
}
template <class Io>
void visit(Io& io, DialResponder& r) {
  io.field(r.where);
  io.text(r.path, kMaxResponderPath);
}
template <class Io>
void visit(Io& io, DialTable& t) {
  io.field(t.generation);
  io.list(t.targets, kMaxServices + kMaxIdentities);
  io.list(t.responders, kMaxServices);
  io.list(t.resolvers, 8);
  io.list(t.forbidden, 256);
}
template <class Io>
void visit(Io& io, Wiring::Listening& l) {
  io.field(l.listener);
  io.field(l.endpoint);
}
template <class Io>
void visit(Io& io, Wiring::Key& k) {
  io.field(k.key);
  io.text(k.file, 4096);
  io.field(k.use);
  io.list(k.public_keys, 2 * kMaxServices);
  io.choice(k.place, Wiring::Place::identities);
}
template <class Io>
void visit(Io& io, Wiring::Name& n) {
  io.text(n.text, kMaxName);
}
template <class Io>
void visit(Io& io, Wiring::Device& d) {
  io.text(d.text, kMaxName);
  io.field(d.blocked);
}
template <class Io>
void visit(Io& io, Wiring::Enrolment& e) {
  io.field(e.listening);
  io.list(e.keys, 1);
  io.text(e.host, 253);
}
template <class Io>
void visit(Io& io, Wiring::Management& m) {
  io.field(m.listener);
  io.list(m.keys, 1);
}
template <class Io>
void visit(Io& io, Wiring::Noc& n) {
  io.list(n.keys, 1);
  io.range(n.every, OperationsCentre::kSoonest, OperationsCentre::kLatest);
  io.text(n.signer, kMaxSignerPem);
}
template <class Io>
void visit(Io& io, Wiring::Compartment& c) {
  io.field(c.tenant);
  io.text(c.name, kMaxName);
  io.list(c.listeners, kMaxListeners);
  io.list(c.keys, 2 * kMaxServices);
  io.maybe(c.enrolment);
  io.list(c.services, kMaxServices);
  io.list(c.terminals, kMaxTerminals);
}
template <class Io>
void visit(Io& io, Wiring& w) {
  io.field(w.generation);
  io.text(w.site, kMaxName);
  io.list(w.compartments, kMaxTenants);
  io.list(w.segments, kMaxSegments);
  io.text(w.borrows, kInterfaceNameLimit);
  if (!w.borrows.empty() && !is_interface_name(w.borrows)) io.fail();
  io.list(w.clinic, 256);
  io.list(w.names, kMaxSegments * kMaxSegmentAddresses);
  io.list(w.time, kMaxSegments * kMaxSegmentAddresses);
  io.maybe(w.management);
  io.maybe(w.noc);
  io.maybe(w.update_window);
}

}  // namespace gw::model
