#include "net/transition.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "net/coverage.h"

namespace gw::net {
namespace {

/// One address has one prefix length on an interface.
void add_addresses(std::vector<model::Prefix>& addresses, const std::vector<model::Prefix>& more) {
  const std::vector<model::Prefix> own = addresses;
  for (const model::Prefix& prefix : more) {
    const auto same = [&](const model::Prefix& other) { return other.address == prefix.address; };
    if (std::none_of(own.begin(), own.end(), same)) addresses.push_back(prefix);
  }
  sort_once(addresses);
}

/// Everything the plan's interfaces are built of, and the ports among it.
struct Bricks {
  std::set<std::string> all{}, ports{};
};

Bricks bricks_of(const std::vector<Link>& links) {
  Bricks out;
  for (const Link& link : links) {
    out.all.insert(link.interface);
    for (const std::string& name : foundations_of(link)) out.all.insert(name);
    out.ports.insert(link.ports.begin(), link.ports.end());
  }
  return out;
}

/// A port can be nothing else.
bool can_stand_beside(const Link& link, const Bricks& bricks) {
  const auto is_port = [&](const std::string& name) { return bricks.ports.count(name) != 0; };
  const auto is_used = [&](const std::string& name) { return bricks.all.count(name) != 0; };
  const std::vector<std::string> foundations = foundations_of(link);
  return !is_port(link.interface) && std::none_of(foundations.begin(), foundations.end(), is_port) &&
         std::none_of(link.ports.begin(), link.ports.end(), is_used);
}

std::vector<Link> links_of_both(const std::vector<Link>& before, const std::vector<Link>& after) {
  const Bricks bricks = bricks_of(after);
  std::vector<Link> out = after;
  for (const Link& link : before) {
    const auto same = [&](const Link& other) { return other.interface == link.interface; };
    if (const auto found = std::find_if(out.begin(), out.end(), same); found != out.end())
      add_addresses(found->addresses, link.addresses);
    else if (can_stand_beside(link, bricks))
      out.push_back({link.interface, link.addresses, {}, link.vlan, link.ports});
  }
  std::sort(out.begin(), out.end(), [](const Link& a, const Link& b) { return a.interface < b.interface; });
  return out;
}

AnsweringSide narrowed(const AnsweringSide& before, const AnsweringSide& after) {
  AnsweringSide side;
  side.links = links_of_both(before.links, after.links);
  std::set_intersection(before.openings.begin(), before.openings.end(), after.openings.begin(),
                        after.openings.end(), std::back_inserter(side.openings));
  side.sources = covered_by_both(before.sources, after.sources);
  side.per_source = {std::min(before.per_source.connections, after.per_source.connections),
                     std::min(before.per_source.open, after.per_source.open)};
  return side;
}

CallingSide narrowed(const CallingSide& before, const CallingSide& after) {
  CallingSide side;
  side.links = links_of_both(before.links, after.links);
  side.permissions = covered_by_both(before.permissions, after.permissions);
  side.forbidden = before.forbidden;
  side.forbidden.insert(side.forbidden.end(), after.forbidden.begin(), after.forbidden.end());
  keep_outermost(side.forbidden);
  return side;
}

}  // namespace

Plan narrowed(const Plan& before, const Plan& after) {
  return {after.generation, narrowed(before.lan, after.lan), narrowed(before.wan, after.wan),
          narrowed(before.mgmt, after.mgmt)};
}

}  // namespace gw::net
