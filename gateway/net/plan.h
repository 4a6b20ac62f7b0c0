#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/accounts.h"
#include "model/configuration.h"
#include "model/lease.h"
#include "model/operations_centre.h"

namespace gw::net {

/// The namespaces that have interfaces.
enum class Role : std::uint8_t { lan, wan, mgmt };

/// One interface, what is on it and nothing else.
struct Link {
  std::string interface {};  ///< is_interface_name(); "lo" stays where it is
  std::vector<model::Prefix> addresses{};
  std::vector<model::IpAddress> gateways{};  ///< default routes, at most one of each family
  model::Vlan vlan{};                        ///< made by us, on its parent, unless the id is 0
  std::vector<std::string> ports{};          ///< of a bridge that we make; none: no bridge
  model::Ipv4Source ipv4 = model::Ipv4Source::configuration;  ///< dhcp: with_lease() adds what was lent

  friend bool operator==(const Link&, const Link&) = default;
};

enum class Protocol : std::uint8_t { tcp, udp };

/// Where a stranger may open a TCP connection to the box, or ask it something by UDP.
struct Opening {
  std::string interface {};
  model::Endpoint endpoint{};
  Protocol protocol = Protocol::tcp;

  friend auto operator<=>(const Opening&, const Opening&) = default;
};

/// Where a segment's own senders live.
struct Source {
  std::string interface {};
  model::Prefix prefix{};

  friend auto operator<=>(const Source&, const Source&) = default;
};

/// Where the sockets of one account may send to. Forbidden prefixes win over it. Besides the dialers only the
/// DHCP client may be let out, and it only to a DHCP server.
struct Permission {
  std::uint32_t account = model::dialer_account(model::TenantId{0});
  Protocol protocol = Protocol::tcp;
  model::Prefix destination{};
  std::uint16_t port = 0;

  friend auto operator<=>(const Permission&, const Permission&) = default;
};

/// What the kernel takes from one source: as much as all tenants together would, and as much again, so that
/// their own limits are the ones that are met first.
struct SourceLimits {
  std::uint32_t connections = 1;  ///< new ones per second, and at once after a silence
  std::uint32_t open = 1;         ///< at once

  friend auto operator<=>(const SourceLimits&, const SourceLimits&) = default;
};

/// A namespace that is called from outside and never calls: lan, mgmt.
struct AnsweringSide {
  std::vector<Link> links{};
  std::vector<Opening> openings{};
  std::vector<Source> sources{};  ///< nothing is heard from anybody else
  SourceLimits per_source{};

  friend bool operator==(const AnsweringSide&, const AnsweringSide&) = default;
};

/// A namespace that calls and is never called: wan (ISO-04).
struct CallingSide {
  std::vector<Link> links{};
  std::vector<Permission> permissions{};
  std::vector<model::Prefix> forbidden{};  ///< the clinic's own addresses (W8)

  friend bool operator==(const CallingSide&, const CallingSide&) = default;
};

/// What the kernel's network state must be under one configuration. Lists are sorted, free of repetition, and
/// no prefix covers another of the same meaning, so equal configurations make equal plans. Travels sealed
/// from conf-compile to net-apply, which trusts nothing beyond this layout: names cannot leave their quotes
/// in a rule, and no account can be let out but a dialer's and, to DHCP servers, the DHCP client's.
struct Plan {
  model::Generation generation{};
  AnsweringSide lan{};
  CallingSide wan{};
  AnsweringSide mgmt{};

  friend bool operator==(const Plan&, const Plan&) = default;
};

/// Static rules: account x port x prefix (decision D9). A service of fixed addresses opens those alone; one
/// that is resolved by name opens its port everywhere, and the dialer narrows it. A listener on an address
/// that no segment has is left out: it stays closed. The box's own services are open on the addresses of the
/// segments that ask for them, and nowhere else.
Plan plan(const model::Configuration& configuration);

/// The interfaces that must be there before a link can be: itself, its parent or its ports.
std::vector<std::string> foundations_of(const Link& link);

/// The interfaces of one namespace.
const std::vector<Link>& links_of(const Plan& plan, Role role);

inline constexpr std::size_t kMaxLinks = 64;
inline constexpr std::size_t kMaxOpenings =
    model::kMaxTenants * model::kMaxListeners + 3 * model::kMaxSegments * model::kMaxSegmentAddresses;
inline constexpr std::uint32_t kMaxPerSource = 100'000'000;
inline constexpr std::size_t kMaxPermissions = model::kMaxTenants * (model::kMaxServices * 16 + 16);

template <class Io>
void interface_name(Io& io, std::string& name) {
  io.text(name, kInterfaceNameLimit);
  if (!is_interface_name(name)) io.fail();
}
template <class Io>
void visit(Io& io, Link& l) {
  interface_name(io, l.interface);
  io.list(l.addresses, 64);
  io.list(l.gateways, 2);
  io.range(l.vlan.id, std::uint16_t{0}, std::uint16_t{4094});
  if (l.vlan.id != 0) interface_name(io, l.vlan.parent);
  auto ports = static_cast<std::uint32_t>(l.ports.size());
  io.range(ports, 0u, static_cast<std::uint32_t>(model::kMaxPorts));
  if constexpr (Io::kReading) l.ports.assign(io.faulty() ? 0 : ports, {});
  for (std::string& port : l.ports) interface_name(io, port);
  io.choice(l.ipv4, model::Ipv4Source::dhcp);
  if (l.vlan.id != 0 && !l.ports.empty()) io.fail();
}
template <class Io>
void visit(Io& io, Opening& o) {
  interface_name(io, o.interface);
  io.field(o.endpoint.address);
  io.range(o.endpoint.port, std::uint16_t{1}, std::uint16_t{65535});
  io.choice(o.protocol, Protocol::udp);
}
template <class Io>
void visit(Io& io, Source& s) {
  interface_name(io, s.interface);
  io.field(s.prefix);
}
constexpr bool is_dialers(const Permission& p) {
  return p.account >= model::dialer_account(model::TenantId{0}) &&
         p.account <= model::dialer_account(model::kNocTenant);
}
/// The DHCP client asks one server to renew its lease.
constexpr bool is_renewal(const Permission& p) {
  return p.account == model::kDhcpAccount && p.protocol == Protocol::udp &&
         p.destination.length == p.destination.address.width() && p.port == model::kDhcpServerPort;
}
template <class Io>
void visit(Io& io, Permission& p) {
  io.field(p.account);
  io.choice(p.protocol, Protocol::udp);
  io.field(p.destination);
  io.range(p.port, std::uint16_t{1}, std::uint16_t{65535});
  if (!is_dialers(p) && !is_renewal(p)) io.fail();
}
template <class Io>
void visit(Io& io, SourceLimits& l) {
  io.range(l.connections, 1u, kMaxPerSource);
  io.range(l.open, 1u, kMaxPerSource);
}
template <class Io>
void visit(Io& io, AnsweringSide& s) {
  io.list(s.links, kMaxLinks);
  io.list(s.openings, kMaxOpenings);
  io.list(s.sources, kMaxLinks * 64);
  io.field(s.per_source);
}
template <class Io>
void visit(Io& io, CallingSide& s) {
  io.list(s.links, kMaxLinks);
  io.list(s.permissions, kMaxPermissions);
  io.list(s.forbidden, 256);
}
template <class Io>
void visit(Io& io, Plan& p) {
  io.field(p.generation);
  io.field(p.lan);
  io.field(p.wan);
  io.field(p.mgmt);
}

}  // namespace gw::net
