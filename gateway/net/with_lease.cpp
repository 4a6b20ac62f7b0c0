#include "net/with_lease.h"

#include <algorithm>

#include "net/coverage.h"

namespace gw::net {
namespace {

Link* borrower_of(CallingSide& side, const model::Lease& lease) {
  const auto found = std::find_if(side.links.begin(), side.links.end(), [&](const Link& link) {
    return link.ipv4 == model::Ipv4Source::dhcp && link.interface == lease.interface;
  });
  return found == side.links.end() ? nullptr : &*found;
}

Permission to_renew(const model::Lease& lease) {
  return {model::kDhcpAccount,
          Protocol::udp,
          {lease.server, static_cast<std::uint8_t>(lease.server.width())},
          model::kDhcpServerPort};
}

}  // namespace

Plan with_lease(Plan plan, const std::optional<model::Lease>& lease) {
  if (!lease || model::fault_of(*lease, plan.wan.forbidden)) return plan;
  Link* link = borrower_of(plan.wan, *lease);
  if (link == nullptr) return plan;
  link->addresses.push_back(lease->address);
  link->gateways.push_back(lease->gateway);
  sort_once(link->addresses);
  sort_once(link->gateways);
  plan.wan.permissions.push_back(to_renew(*lease));
  sort_once(plan.wan.permissions);
  return plan;
}

}  // namespace gw::net
