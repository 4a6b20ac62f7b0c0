#include "net/transition.h"

#include <algorithm>
#include <iterator>

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

std::vector<Link> links_of_both(const std::vector<Link>& before, const std::vector<Link>& after) {
  std::vector<Link> out = after;
  for (const Link& link : before) {
    const auto same = [&](const Link& other) { return other.interface == link.interface; };
    if (const auto found = std::find_if(out.begin(), out.end(), same); found != out.end())
      add_addresses(found->addresses, link.addresses);
    else
      out.push_back({link.interface, link.addresses, {}});
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
