#include "net/routes.h"

#include <linux/rtnetlink.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>

#include <algorithm>
#include <optional>

#include "net/netlink_objects.h"
#include "net/route_rules.h"

namespace gw::net {
namespace {

using RoutePtr = NetlinkPtr<rtnl_route, rtnl_route_put>;

Result<CachePtr> dump(const Netlink& netlink) {
  nl_cache* cache = nullptr;
  if (const int code = rtnl_route_alloc_cache(netlink.get(), AF_UNSPEC, 0, &cache); code < 0)
    return netlink_error("read routes", code);
  return CachePtr(cache);
}

model::IpAddress gateway_of(rtnl_route* route) {
  rtnl_nexthop* hop = rtnl_route_get_nnexthops(route) == 1 ? rtnl_route_nexthop_n(route, 0) : nullptr;
  const nl_addr* gateway = hop == nullptr ? nullptr : rtnl_route_nh_get_gateway(hop);
  return is_internet(gateway) ? from_netlink(gateway) : model::IpAddress();
}

/// What the kernel sets up with an address leads to neighbours, never over one.
bool is_kernels_own(rtnl_route* route) {
  return rtnl_route_get_protocol(route) == RTPROT_KERNEL && gateway_of(route) == model::IpAddress();
}

bool is_ours_to_judge(rtnl_route* route) {
  const int family = rtnl_route_get_family(route);
  return (family == AF_INET || family == AF_INET6) && !is_kernels_own(route);
}

/// Nothing if the route is of any other kind.
std::optional<DefaultRoute> value_of(rtnl_route* route) {
  const nl_addr* destination = rtnl_route_get_dst(route);
  if (rtnl_route_get_type(route) != RTN_UNICAST || rtnl_route_get_nnexthops(route) != 1) return std::nullopt;
  if (rtnl_route_get_table(route) != RT_TABLE_MAIN) return std::nullopt;
  if (destination != nullptr && nl_addr_get_prefixlen(destination) != 0) return std::nullopt;
  rtnl_nexthop* hop = rtnl_route_nexthop_n(route, 0);
  const nl_addr* gateway = rtnl_route_nh_get_gateway(hop);
  if (!is_internet(gateway)) return std::nullopt;
  return DefaultRoute{rtnl_route_nh_get_ifindex(hop), from_netlink(gateway)};
}

bool has(const std::vector<DefaultRoute>& routes, const std::optional<DefaultRoute>& route) {
  return route && std::find(routes.begin(), routes.end(), *route) != routes.end();
}

/// All routes that are ours to judge.
Result<std::vector<std::optional<DefaultRoute>>> read_all(const Netlink& netlink) {
  GW_TRY(const CachePtr cache, dump(netlink));
  std::vector<std::optional<DefaultRoute>> out;
  for_each<rtnl_route>(cache, [&](rtnl_route* route) {
    if (is_ours_to_judge(route)) out.push_back(value_of(route));
  });
  return out;
}

Result<> add(const Netlink& netlink, const DefaultRoute& wanted) {
  const RoutePtr route(rtnl_route_alloc());
  const model::Prefix everywhere = model::Prefix{wanted.gateway, 0}.network();
  const AddrPtr destination = to_netlink(everywhere);
  const AddrPtr gateway = to_netlink({wanted.gateway, static_cast<std::uint8_t>(wanted.gateway.width())});
  rtnl_route_set_family(route.get(), static_cast<std::uint8_t>(nl_addr_get_family(gateway.get())));
  rtnl_route_set_dst(route.get(), destination.get());
  rtnl_route_set_table(route.get(), RT_TABLE_MAIN);
  rtnl_route_set_protocol(route.get(), RTPROT_STATIC);
  rtnl_nexthop* hop = rtnl_route_nh_alloc();  // the route owns it from here on
  rtnl_route_nh_set_ifindex(hop, wanted.link);
  rtnl_route_nh_set_gateway(hop, gateway.get());
  rtnl_route_add_nexthop(route.get(), hop);
  const int code = rtnl_route_add(netlink.get(), route.get(), NLM_F_EXCL);
  if (code < 0) return netlink_error("add default route over " + wanted.gateway.to_text(), code);
  return Done{};
}

Result<> check(const Netlink& netlink, const std::vector<DefaultRoute>& wanted) {
  GW_TRY(const auto there, read_all(netlink));
  for (const DefaultRoute& route : wanted)
    if (std::find(there.begin(), there.end(), route) == there.end())
      return Error{ErrorCode::net_apply_failed, "default route absent: " + route.gateway.to_text()};
  if (!std::all_of(there.begin(), there.end(), [&](const auto& route) { return has(wanted, route); }))
    return Error{ErrorCode::net_apply_failed, "a route is left over"};
  return Done{};
}

/// "172.16.0.0/12 via 10.1.0.9", "default via 203.0.113.1 on wan0"
std::string text_of(rtnl_route* route) {
  const nl_addr* to = rtnl_route_get_dst(route);
  const bool everywhere = to == nullptr || nl_addr_get_prefixlen(to) == 0 || !is_internet(to);
  std::string out =
      everywhere
          ? "default"
          : model::Prefix{from_netlink(to), static_cast<std::uint8_t>(nl_addr_get_prefixlen(to))}.to_text();
  if (const auto gateway = gateway_of(route); gateway != model::IpAddress())
    out += " via " + gateway.to_text();
  if (const auto table = rtnl_route_get_table(route); table != RT_TABLE_MAIN)
    out += " in table " + std::to_string(table);
  return out;
}

std::string text_of(const DefaultRoute& route, const std::vector<LinkState>& links) {
  return "default via " + route.gateway.to_text() + " on " + name_of(links, route.link);
}

}  // namespace

Result<std::vector<DefaultRoute>> read_default_routes(const Netlink& netlink) {
  GW_TRY(const auto routes, read_all(netlink));
  std::vector<DefaultRoute> out;
  for (const auto& route : routes)
    if (route) out.push_back(*route);
  return out;
}

Result<> settle_routes(const Netlink& netlink, const std::vector<LinkState>& links,
                       const std::vector<DefaultRoute>& wanted, Repairs& repairs) {
  GW_TRY(const CachePtr cache, dump(netlink));
  for_each<rtnl_route>(cache, [&](rtnl_route* route) {
    if (!is_ours_to_judge(route) || has(wanted, value_of(route))) return;
    repairs.add("route " + text_of(route) + " is not ours");
    rtnl_route_delete(netlink.get(), route, 0);  // check() has the last word
  });
  GW_TRY(const auto there, read_all(netlink));
  for (const DefaultRoute& route : wanted) {
    if (std::find(there.begin(), there.end(), route) != there.end()) continue;
    repairs.add("route " + text_of(route, links) + " was missing");
    GW_TRY(add(netlink, route));
  }
  GW_TRY(settle_route_rules(netlink, repairs));
  return check(netlink, wanted);
}

}  // namespace gw::net
