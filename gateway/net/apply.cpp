#include "net/apply.h"

#include <utility>
#include <vector>

#include "net/addresses.h"
#include "net/links.h"
#include "net/routes.h"
#include "net/ruleset.h"

namespace gw::net {
namespace {

/// A plan's links with the kernel's numbers for their names.
struct Wanted {
  std::vector<LinkAddress> addresses{};
  std::vector<DefaultRoute> routes{};
};

Result<Wanted> wanted_of(const Netlink& netlink, const std::vector<Link>& links) {
  Wanted wanted;
  for (const Link& link : links) {
    GW_TRY(const int number, find_link(netlink, link.interface));
    for (const model::Prefix& prefix : link.addresses) wanted.addresses.push_back({number, prefix});
    for (const model::IpAddress& gateway : link.gateways) wanted.routes.push_back({number, gateway});
  }
  return wanted;
}

Result<> set_links(const Netlink& netlink, const std::vector<Link>& links) {
  GW_TRY(const Wanted wanted, wanted_of(netlink, links));
  GW_TRY(remove_other_routes(netlink, wanted.routes));
  GW_TRY(remove_other_addresses(netlink, wanted.addresses));
  for (const Link& link : links) GW_TRY(bring_up(netlink, link.interface));
  GW_TRY(add_missing_addresses(netlink, wanted.addresses));
  GW_TRY(add_missing_routes(netlink, wanted.routes));

  for (const Link& link : links) GW_TRY(check_up(netlink, link.interface));
  GW_TRY(check_addresses(netlink, wanted.addresses));
  return check_routes(netlink, wanted.routes);
}

}  // namespace

Result<Kernel> Kernel::open() {
  GW_TRY(RuleLoader rules, RuleLoader::open());
  GW_TRY(Netlink links, Netlink::open());
  return Kernel{std::move(rules), std::move(links)};
}

Result<> apply_base(Kernel& kernel) { return kernel.rules.load(base_rule_set()); }

Result<> place_links(Kernel& kernel, const Plan& plan, NamespaceFds namespaces) {
  const std::pair<Role, int> moves[] = {{Role::lan, namespaces.lan}, {Role::wan, namespaces.wan}};
  for (const auto& [role, fd] : moves)
    for (const Link& link : links_of(plan, role))
      if (link.interface != model::kLoopback) GW_TRY(check_reachable(kernel.links, link.interface, fd));
  for (const auto& [role, fd] : moves)
    for (const Link& link : links_of(plan, role))
      if (link.interface != model::kLoopback) GW_TRY(move_link(kernel.links, link.interface, fd));
  return Done{};
}

Result<> apply(Kernel& kernel, const Plan& plan, Role role) {
  GW_TRY(kernel.rules.load(rule_set(plan, role)));
  return set_links(kernel.links, links_of(plan, role));
}

}  // namespace gw::net
