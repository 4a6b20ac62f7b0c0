#include "net/apply.h"

#include <utility>
#include <vector>

#include "model/canary.h"
#include "net/addresses.h"
#include "net/conntrack.h"
#include "net/link_changes.h"
#include "net/link_shape.h"
#include "net/links.h"
#include "net/neighbours.h"
#include "net/raw_sockets.h"
#include "net/routes.h"
#include "net/ruleset.h"
#include "net/sockets.h"

namespace gw::net {
namespace {

/// A plan's links with the kernel's numbers for their names.
struct Wanted {
  std::vector<LinkAddress> addresses{};
  std::vector<DefaultRoute> routes{};
};

Result<Wanted> wanted_of(const std::vector<LinkState>& there, const std::vector<Link>& links) {
  Wanted wanted;
  for (const Link& link : links) {
    const LinkState* state = find_link(there, link.interface);
    if (state == nullptr) return interface_missing(link.interface);
    const int number = state->number;
    for (const model::Prefix& prefix : link.addresses) wanted.addresses.push_back({number, prefix});
    for (const model::IpAddress& gateway : link.gateways) wanted.routes.push_back({number, gateway});
  }
  return wanted;
}

Result<> settle_network(const Netlink& netlink, const std::vector<Link>& links, Repairs& repairs) {
  GW_TRY(settle_links(netlink, links, repairs));
  GW_TRY(const std::vector<LinkState> there, read_links(netlink));
  GW_TRY(const Wanted wanted, wanted_of(there, links));
  GW_TRY(settle_addresses(netlink, there, wanted.addresses, repairs));
  GW_TRY(settle_routes(netlink, there, wanted.routes, repairs));
  return settle_neighbours(netlink, there, repairs);
}

}  // namespace

Result<Kernel> Kernel::open() {
  GW_TRY(RuleLoader rules, RuleLoader::open());
  GW_TRY(Netlink links, Netlink::open(Subsystem::routing));
  GW_TRY(Netlink flows, Netlink::open(Subsystem::netfilter));
  GW_TRY(Netlink sockets, Netlink::open(Subsystem::sockets));
  return Kernel{std::move(rules), std::move(links), std::move(flows), std::move(sockets), read_raw_sockets()};
}

Result<> apply_base(Kernel& kernel) {
  Repairs repairs;
  GW_TRY(kernel.rules.settle(base_rule_set(), std::nullopt, repairs));
  return Done{};
}

Result<> place_links(Kernel& kernel, const Plan& plan, NamespaceFds namespaces) {
  const std::pair<Role, int> moves[] = {
      {Role::lan, namespaces.lan}, {Role::wan, namespaces.wan}, {Role::mgmt, namespaces.mgmt}};
  for (const auto& [role, fd] : moves)
    for (const Link& link : links_of(plan, role))
      for (const std::string& interface : foundations_of(link))
        if (interface != model::kLoopback) GW_TRY(check_reachable(kernel.links, interface, fd));
  for (const auto& [role, fd] : moves)
    for (const Link& link : links_of(plan, role))
      for (const std::string& interface : foundations_of(link))
        if (interface != model::kLoopback) GW_TRY(move_link(kernel.links, interface, fd));
  return Done{};
}

Result<> send_home(Kernel& kernel, int home) {
  GW_TRY(const std::vector<LinkState> there, read_links(kernel.links));
  for (const LinkState& link : there)
    if (is_made(link)) GW_TRY(remove_link(kernel.links, link));
  for (const LinkState& link : there)
    if (!is_made(link) && !link.loopback) GW_TRY(let_go(kernel.links, link, home));
  return Done{};
}

Result<> lay_canary(Kernel& kernel, int into) { return make_canary(kernel.links, into); }

Result<> raise_canary(Kernel& kernel) {
  GW_TRY(const std::vector<LinkState> there, read_links(kernel.links));
  const LinkState* const canary = find_link(there, model::kCanary);
  if (canary == nullptr) return interface_missing(model::kCanary);
  return set_up(kernel.links, *canary, true);
}

Result<std::string> apply(Kernel& kernel, const Plan& plan, Role role,
                          const std::optional<std::string>& reference, Repairs& repairs) {
  GW_TRY(std::string listing, kernel.rules.settle(rule_set(plan, role), reference, repairs));
  GW_TRY(settle_network(kernel.links, links_of(plan, role), repairs));
  return listing;
}

Result<> end_strange_flows(Kernel& kernel, const Plan& plan, Role role, Repairs& repairs) {
  GW_TRY(const std::vector<LinkAddress> there, read_addresses(kernel.links));
  std::vector<model::IpAddress> own;
  for (const LinkAddress& address : there) own.push_back(address.prefix.address);
  return settle_flows(kernel.flows, FlowRules(plan, role, std::move(own)), repairs);
}

Result<> end_strange_sockets(Kernel& kernel, const Plan& plan, Role role, Repairs& repairs) {
  return settle_sockets(kernel.sockets, plan, role, kernel.raw, repairs);
}

}  // namespace gw::net
