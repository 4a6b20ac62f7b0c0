#include "probe/aims.h"

#include <algorithm>

namespace gw::probe {
namespace {

using model::Endpoint;
using model::IpAddress;
using model::Prefix;
using net::Protocol;

/// RFC 5737 and RFC 3849: nobody lives there.
const char* const kNowhere[] = {"192.0.2.1", "2001:db8::1"};
constexpr std::uint16_t kDomain = 53, kHttps = 443, kDnsOverTls = 853, kFileSharing = 445;
constexpr std::size_t kMostTenantsAsked = 8;  // a few of the others stand for all others

bool permits(const net::CallingSide& side, model::TenantId tenant, const Aim& aim) {
  const auto covers = [&](const net::Permission& permission) {
    return permission.account == model::dialer_account(tenant) && permission.protocol == aim.protocol &&
           permission.port == aim.endpoint.port && permission.destination.contains(aim.endpoint.address);
  };
  return std::any_of(side.permissions.begin(), side.permissions.end(), covers);
}

/// A neighbour in the segment who is not the box: the next address, or the one before at the prefix's end.
IpAddress neighbour_of(const Prefix& prefix) {
  IpAddress::Octets octets = prefix.address.octets();
  std::uint8_t& last = octets[prefix.address.width() / 8 - 1];
  last = static_cast<std::uint8_t>(last + 1);
  IpAddress next(prefix.address.family(), octets);
  if (prefix.contains(next)) return next;
  last = static_cast<std::uint8_t>(last - 2);
  return {prefix.address.family(), octets};
}

std::vector<Prefix> segments_of(const model::Configuration& configuration) {
  std::vector<Prefix> out;
  for (const model::LanSegment& segment : configuration.network.lan)
    out.insert(out.end(), segment.addresses.begin(), segment.addresses.end());
  if (out.size() > kMostOfAKind) out.resize(kMostOfAKind);
  return out;
}

std::vector<IpAddress> nowhere() {
  std::vector<IpAddress> out;
  for (const char* text : kNowhere) out.push_back(*IpAddress::parse(text));
  return out;
}

void add_both(std::vector<Aim>& aims, const std::string& way, const std::string& what,
              const Endpoint& endpoint) {
  for (const Protocol protocol : {Protocol::tcp, Protocol::udp})
    aims.push_back({way, what, protocol, endpoint});
}

std::vector<Aim> from_lan(const model::Configuration& configuration, model::TenantId own) {
  std::vector<Aim> aims;
  std::size_t asked = 0;
  for (const model::Tenant& other : configuration.tenants) {
    if (other.id == own || ++asked > kMostTenantsAsked) continue;
    for (const model::Listener& listener : other.listeners)
      add_both(aims, "W1", "listener of " + other.name, listener.endpoint);
  }
  for (const Prefix& segment : segments_of(configuration))
    for (const std::uint16_t port : {kFileSharing, kDomain})
      add_both(aims, "W2", "device of the clinic", {neighbour_of(segment), port});
  for (const IpAddress& address : nowhere()) add_both(aims, "ISO-01", "the Internet", {address, kHttps});
  return aims;
}

/// Where another tenant's clouds are, or might be.
std::vector<Endpoint> clouds_of(const model::Tenant& tenant) {
  std::vector<Endpoint> out;
  for (const model::Service& service : tenant.services) {
    for (const IpAddress& address : service.upstream.addresses)
      out.push_back({address, service.upstream.port});
    if (service.upstream.addresses.empty())
      for (const IpAddress& address : nowhere()) out.push_back({address, service.upstream.port});
  }
  for (const model::Identity& identity : tenant.identities)
    if (identity.est)
      for (const IpAddress& address : identity.est->addresses) out.push_back({address, identity.est->port});
  return out;
}

void add_clinic(std::vector<Aim>& aims, const model::Configuration& configuration) {
  std::vector<IpAddress> inside;
  for (const Prefix& segment : segments_of(configuration)) {
    inside.push_back(segment.address);
    inside.push_back(neighbour_of(segment));
  }
  for (const Prefix& prefix : configuration.network.clinic_prefixes) inside.push_back(neighbour_of(prefix));
  for (const IpAddress& address : inside) add_both(aims, "W8", "address of the clinic", {address, kHttps});
}

std::vector<Aim> from_wan(const model::Configuration& configuration, model::TenantId own) {
  std::vector<Aim> aims;
  std::size_t asked = 0;
  for (const model::Tenant& other : configuration.tenants) {
    if (other.id == own || ++asked > kMostTenantsAsked) continue;
    for (const Endpoint& cloud : clouds_of(other)) add_both(aims, "W1", "cloud of " + other.name, cloud);
  }
  add_clinic(aims, configuration);
  for (const IpAddress& address : nowhere()) {
    add_both(aims, "NET-10", "a foreign resolver", {address, kDomain});
    add_both(aims, "NET-10", "DNS over TLS or QUIC", {address, kDnsOverTls});
    aims.push_back({"NET-10", "QUIC", Protocol::udp, {address, kHttps}});
  }
  return aims;
}

TenantAims aims_of(const model::Configuration& configuration, const net::Plan& plan, model::TenantId tenant) {
  TenantAims out{tenant, from_lan(configuration, tenant), from_wan(configuration, tenant)};
  std::erase_if(out.wan, [&](const Aim& aim) { return aim.way != "W8" && permits(plan.wan, tenant, aim); });
  for (std::vector<Aim>* aims : {&out.lan, &out.wan})
    if (aims->size() > kMostAims) aims->resize(kMostAims);
  return out;
}

/// What every dialer together may do, a stranger may not.
std::vector<Aim> nobodys_aims(const net::Plan& plan) {
  const std::vector<IpAddress> strangers = nowhere();
  std::vector<Aim> out;
  for (const net::Permission& permission : plan.wan.permissions) {
    if (out.size() == kMostOfAKind) break;
    const IpAddress& allowed = permission.destination.address;
    const bool everywhere = permission.destination.length == 0;
    const IpAddress address = everywhere ? strangers[allowed.family() == model::Family::ipv6] : allowed;
    out.push_back({"W1", "a dialer's permission", permission.protocol, {address, permission.port}});
  }
  return out;
}

OutsideAims outside(const std::vector<net::Link>& links, const std::vector<net::Opening>& openings) {
  OutsideAims out;
  for (const net::Link& link : links)
    for (const Prefix& prefix : link.addresses)
      if (out.own.size() < kMostOfAKind) out.own.push_back(prefix.address);
  for (const net::Opening& opening : openings)
    if (opening.protocol == Protocol::tcp && out.listeners.size() < kMostOfAKind)
      out.listeners.push_back(opening.endpoint);
  return out;
}

void add_elsewhere(OutsideAims& aims, const std::vector<Prefix>& segments) {
  for (const Prefix& segment : segments) aims.posed.push_back(neighbour_of(segment));
  aims.posed.insert(aims.posed.end(), aims.own.begin(), aims.own.end());
  if (aims.posed.size() > kMostOfAKind) aims.posed.resize(kMostOfAKind);
  for (const Prefix& segment : segments) aims.beyond.push_back(neighbour_of(segment));
  for (const IpAddress& address : nowhere())
    if (aims.beyond.size() < kMostOfAKind) aims.beyond.push_back(address);
}

}  // namespace

Aims aims_of(const model::Configuration& configuration) {
  const net::Plan plan = net::plan(configuration);
  Aims out{configuration.generation,
           configuration.site,
           {},
           nobodys_aims(plan),
           outside(plan.lan.links, plan.lan.openings),
           outside(plan.wan.links, {}),
           outside(plan.mgmt.links, plan.mgmt.openings)};
  for (const model::Tenant& tenant : configuration.tenants)
    out.tenants.push_back(aims_of(configuration, plan, tenant.id));
  const std::vector<Prefix> segments = segments_of(configuration);
  for (OutsideAims* aims : {&out.lan, &out.wan, &out.mgmt}) add_elsewhere(*aims, segments);
  return out;
}

}  // namespace gw::probe
