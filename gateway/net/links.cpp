#include "net/links.h"

#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <netlink/route/link.h>

#include <algorithm>

#include "net/link_state.h"
#include "net/netlink_ask.h"
#include "net/other_namespace.h"

namespace gw::net {
namespace {

using LinkPtr = NetlinkPtr<rtnl_link, rtnl_link_put>;

Result<LinkPtr> get(const Netlink& netlink, const std::string& name) {
  rtnl_link* link = nullptr;
  const int code = rtnl_link_get_kernel(netlink.get(), 0, name.c_str(), &link);
  if (code == -NLE_OBJ_NOTFOUND || code == -NLE_NODEV) return interface_missing(name);
  if (code < 0) return netlink_error("read interface " + name, code);
  return LinkPtr(link);
}

/// Loopback is nobody's and harms nobody.
bool is_up_and_should_not(const LinkState& state, const std::vector<Link>& links) {
  const auto is_it = [&](const Link& link) { return link.interface == state.name; };
  return state.up && !state.loopback && std::none_of(links.begin(), links.end(), is_it);
}

Result<> set_up(const Netlink& netlink, const LinkState& state, bool up) {
  const MessagePtr change = request(RTM_NEWLINK);
  ifinfomsg about{};
  about.ifi_index = state.number;
  about.ifi_flags = up ? IFF_UP : 0;
  about.ifi_change = IFF_UP;
  nlmsg_append(change.get(), &about, sizeof about, NLMSG_ALIGNTO);
  if (const int code = order(netlink, change); code < 0)
    return netlink_error((up ? "bring up " : "take down ") + state.name, code);
  return Done{};
}

Result<> check_up(const Netlink& netlink, const std::vector<Link>& links) {
  GW_TRY(const std::vector<LinkState> there, read_links(netlink));
  for (const Link& link : links) {
    const LinkState* state = find_link(there, link.interface);
    if (state == nullptr || !state->up)
      return Error{ErrorCode::net_apply_failed, "interface down: " + link.interface};
  }
  return Done{};
}

bool is_missing(const Error& error) { return error.code == ErrorCode::net_interface_missing; }

}  // namespace

Result<> settle_links(const Netlink& netlink, const std::vector<Link>& links, Repairs& repairs) {
  GW_TRY(const std::vector<LinkState> there, read_links(netlink));
  for (const Link& link : links)
    if (find_link(there, link.interface) == nullptr) return interface_missing(link.interface);
  for (const LinkState& state : there)
    if (is_up_and_should_not(state, links)) {
      repairs.add("interface " + state.name + " is not ours and was up");
      GW_TRY(set_up(netlink, state, false));
    }
  for (const Link& link : links)
    if (const LinkState* state = find_link(there, link.interface); !state->up) {
      repairs.add("interface " + link.interface + " was down");
      GW_TRY(set_up(netlink, *state, true));
    }
  return check_up(netlink, links);
}

Result<> move_link(const Netlink& netlink, const std::string& name, int namespace_fd) {
  auto link = get(netlink, name);
  if (!link) return is_missing(link.error()) ? check_reachable(netlink, name, namespace_fd) : link.error();
  const LinkPtr change(rtnl_link_alloc());
  rtnl_link_set_ns_fd(change.get(), namespace_fd);
  const int code = rtnl_link_change(netlink.get(), link->get(), change.get(), 0);
  if (code < 0) return netlink_error("move " + name, code);
  return Done{};
}

Result<> check_reachable(const Netlink& netlink, const std::string& name, int namespace_fd) {
  const auto here = get(netlink, name);
  if (here) return Done{};
  if (!is_missing(here.error())) return here.error();
  GW_TRY(const bool there, has_link(netlink, name, namespace_fd));
  if (!there) return interface_missing(name);
  return Done{};
}

}  // namespace gw::net
