#include "net/plan.h"

#include <algorithm>

#include "model/operations_centre.h"
#include "model/snapshot.h"
#include "net/coverage.h"

namespace gw::net {
namespace {

/// Two segments may share an interface; an interface has one set of addresses.
void add_link(std::vector<Link>& links, Link link) {
  const auto same = [&](const Link& other) { return other.interface == link.interface; };
  const auto found = std::find_if(links.begin(), links.end(), same);
  if (found == links.end()) return links.push_back(std::move(link));
  found->addresses.insert(found->addresses.end(), link.addresses.begin(), link.addresses.end());
}

void tidy(std::vector<Link>& links) {
  for (Link& link : links) {
    sort_once(link.addresses);
    sort_once(link.gateways);
    sort_once(link.ports);
  }
  std::sort(links.begin(), links.end(),
            [](const Link& a, const Link& b) { return a.interface < b.interface; });
}

/// The interface that owns the address; on loopback every address of the prefix is the box's own.
const Link* owner_of(const std::vector<Link>& links, const model::IpAddress& address) {
  for (const Link& link : links)
    for (const model::Prefix& prefix : link.addresses)
      if (prefix.address == address || (link.interface == model::kLoopback && prefix.contains(address)))
        return &link;
  return nullptr;
}

SourceLimits per_source(const std::vector<model::Tenant>& tenants) {
  std::uint64_t connections = 0, open = 0;
  for (const model::Tenant& tenant : tenants) {
    connections += tenant.limits.connections_per_source;
    open += tenant.limits.sessions_per_source;
  }
  const auto twice = [](std::uint64_t sum) {
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(2 * sum, 1, kMaxPerSource));
  };
  return {twice(connections), twice(open)};
}

/// The name service answers in both protocols (RFC 7766 5), the time service in one.
struct OwnService {
  bool model::Serve::*asked_for;
  std::uint16_t port;
  Protocol protocol;
};
constexpr OwnService kOwnServices[] = {{&model::Serve::names, model::kNamePort, Protocol::udp},
                                       {&model::Serve::names, model::kNamePort, Protocol::tcp},
                                       {&model::Serve::time, model::kTimePort, Protocol::udp}};

void open_own_services(const model::LanSegment& segment, std::vector<Opening>& openings) {
  for (const OwnService& service : kOwnServices)
    for (const model::Prefix& prefix : segment.addresses)
      if (segment.serve.*service.asked_for)
        openings.push_back({segment.interface, {prefix.address, service.port}, service.protocol});
}

AnsweringSide lan_side(const model::Configuration& configuration) {
  AnsweringSide side;
  for (const model::LanSegment& segment : configuration.network.lan)
    add_link(side.links, {segment.interface, segment.addresses, {}, segment.vlan, segment.ports});
  tidy(side.links);
  for (const model::Tenant& tenant : configuration.tenants)
    for (const model::Listener& listener : tenant.listeners)
      if (const Link* link = owner_of(side.links, listener.endpoint.address))
        side.openings.push_back({link->interface, listener.endpoint});
  for (const model::LanSegment& segment : configuration.network.lan)
    open_own_services(segment, side.openings);
  sort_once(side.openings);
  for (const Link& link : side.links)
    for (const model::Prefix& prefix : link.addresses)
      side.sources.push_back({link.interface, prefix.network()});
  keep_outermost(side.sources);
  side.per_source = per_source(configuration.tenants);
  return side;
}

model::Prefix single(const model::IpAddress& address) {
  return {address, static_cast<std::uint8_t>(address.width())};
}

std::vector<model::Prefix> destinations_of(const model::DialTarget& target) {
  std::vector<model::Prefix> out;
  for (const model::IpAddress& address : target.addresses) out.push_back(single(address));
  if (out.empty()) out = {*model::Prefix::parse("0.0.0.0/0"), *model::Prefix::parse("::/0")};
  return out;
}

std::vector<Permission> permissions_of(const model::DialTable& table, model::TenantId tenant) {
  std::vector<Permission> out;
  const std::uint32_t account = model::dialer_account(tenant);
  const auto permit = [&](const model::DialTarget& target) {
    for (const model::Prefix& destination : destinations_of(target))
      out.push_back({account, Protocol::tcp, destination, target.port});
  };
  for (const model::DialTarget& target : table.targets) permit(target);
  for (const model::DialResponder& responder : table.responders) permit(responder.where);
  for (const model::Endpoint& resolver : table.resolvers)
    for (const Protocol protocol : {Protocol::tcp, Protocol::udp})
      out.push_back({account, protocol, single(resolver.address), resolver.port});
  keep_outermost(out);
  return out;
}

CallingSide wan_side(const model::Configuration& configuration) {
  CallingSide side;
  const model::Wan& wan = configuration.network.wan;
  add_link(side.links, {wan.interface, wan.addresses, wan.gateways, wan.vlan, {}, wan.ipv4});
  tidy(side.links);
  for (const model::Tenant& tenant : configuration.tenants) {
    const auto own = permissions_of(model::dial_table_of(configuration, tenant.id), tenant.id);
    side.permissions.insert(side.permissions.end(), own.begin(), own.end());
  }
  if (configuration.noc) {
    const auto own = permissions_of(model::noc_dial_table_of(configuration), model::kNocTenant);
    side.permissions.insert(side.permissions.end(), own.begin(), own.end());
  }
  std::sort(side.permissions.begin(), side.permissions.end());
  side.forbidden = model::wiring_of(configuration).clinic;
  keep_outermost(side.forbidden);
  return side;
}

/// So many administrators are not many.
constexpr SourceLimits kAdministrators{20, 32};

AnsweringSide mgmt_side(const model::Configuration& configuration) {
  AnsweringSide side;
  if (!configuration.management) return side;
  const model::Management& management = *configuration.management;
  add_link(side.links, {management.interface, management.addresses});
  tidy(side.links);
  side.openings.push_back({management.interface, management.listener});
  for (const model::Prefix& prefix : management.addresses)
    side.sources.push_back({management.interface, prefix.network()});
  keep_outermost(side.sources);
  side.per_source = kAdministrators;
  return side;
}

}  // namespace

Plan plan(const model::Configuration& configuration) {
  return {configuration.generation, lan_side(configuration), wan_side(configuration),
          mgmt_side(configuration)};
}

std::vector<std::string> foundations_of(const Link& link) {
  if (link.vlan.id != 0) return {link.vlan.parent};
  return link.ports.empty() ? std::vector{link.interface} : link.ports;
}

const std::vector<Link>& links_of(const Plan& plan, Role role) {
  switch (role) {
    case Role::lan:
      return plan.lan.links;
    case Role::wan:
      return plan.wan.links;
    case Role::mgmt:
      break;
  }
  return plan.mgmt.links;
}

}  // namespace gw::net
