#include "net/link_changes.h"

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <netlink/errno.h>
#include <sys/socket.h>

#include "model/canary.h"
#include "net/netlink_ask.h"

namespace gw::net {
namespace {

MessagePtr about(int type, int flags, ifinfomsg link) {
  MessagePtr out = request(type, flags);
  nlmsg_append(out.get(), &link, sizeof link, NLMSG_ALIGNTO);
  return out;
}
MessagePtr about(int type, const LinkState& link, unsigned char family = AF_UNSPEC) {
  ifinfomsg header{};
  header.ifi_family = family;
  header.ifi_index = link.number;
  return about(type, 0, header);
}
MessagePtr new_link(const std::string& name) {
  MessagePtr out = about(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, {});
  nla_put_string(out.get(), IFLA_IFNAME, name.c_str());
  return out;
}

/// The kind of a new interface, and what `fill` says about it.
template <class Fill>
void put_kind(const MessagePtr& message, const char* kind, Fill fill) {
  nlattr* info = nla_nest_start(message.get(), IFLA_LINKINFO);
  nla_put_string(message.get(), IFLA_INFO_KIND, kind);
  nlattr* data = nla_nest_start(message.get(), IFLA_INFO_DATA);
  fill();
  nla_nest_end(message.get(), data);
  nla_nest_end(message.get(), info);
}

Result<> send(const Netlink& netlink, const MessagePtr& message, const std::string& what) {
  if (const int code = order(netlink, message); code < 0) return netlink_error(what, code);
  return Done{};
}

}  // namespace

Result<> set_up(const Netlink& netlink, const LinkState& link, bool up) {
  ifinfomsg header{};
  header.ifi_index = link.number;
  header.ifi_flags = up ? IFF_UP : 0;
  header.ifi_change = IFF_UP;
  return send(netlink, about(RTM_NEWLINK, 0, header), (up ? "bring up " : "take down ") + link.name);
}

/// The other end comes up where it stands: a cable with one end only cannot be told to.
Result<> make_canary(const Netlink& netlink, int namespace_fd) {
  ifinfomsg up{};
  up.ifi_flags = up.ifi_change = IFF_UP;
  const ifinfomsg bare{};
  const MessagePtr message = about(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, up);
  nla_put_string(message.get(), IFLA_IFNAME, model::kCanary.c_str());
  nla_put(message.get(), IFLA_ADDRESS, model::kCanaryOutside.size(), model::kCanaryOutside.data());
  put_kind(message, "veth", [&] {
    nlattr* peer = nla_nest_start(message.get(), VETH_INFO_PEER);
    nlmsg_append(message.get(), const_cast<ifinfomsg*>(&bare), sizeof bare, NLMSG_ALIGNTO);
    nla_put_string(message.get(), IFLA_IFNAME, model::kCanary.c_str());
    nla_put(message.get(), IFLA_ADDRESS, model::kCanaryInside.size(), model::kCanaryInside.data());
    nla_put_u32(message.get(), IFLA_NET_NS_FD, static_cast<std::uint32_t>(namespace_fd));
    nla_nest_end(message.get(), peer);
  });
  return send(netlink, message, "make " + model::kCanary);
}

Result<> let_go(const Netlink& netlink, const LinkState& link, int namespace_fd) {
  GW_TRY(set_up(netlink, link, false));
  const MessagePtr message = about(RTM_NEWLINK, link);
  nla_put_u32(message.get(), IFLA_NET_NS_FD, static_cast<std::uint32_t>(namespace_fd));
  const int code = order(netlink, message);
  if (code < 0 && code != -NLE_INVAL && code != -NLE_EXIST) return netlink_error("let go " + link.name, code);
  return Done{};
}

Result<> make_vlan(const Netlink& netlink, const std::string& name, const LinkState& parent,
                   std::uint16_t id) {
  const MessagePtr message = new_link(name);
  nla_put_u32(message.get(), IFLA_LINK, static_cast<std::uint32_t>(parent.number));
  put_kind(message, "vlan", [&] { nla_put_u16(message.get(), IFLA_VLAN_ID, id); });
  const int code = order(netlink, message);
  if (code == -NLE_OPNOTSUPP)
    return Error{ErrorCode::net_vlan_unsupported, name + ": this kernel knows no VLANs (802.1Q)"};
  if (code < 0) return netlink_error("make " + name, code);
  return Done{};
}

Result<> make_bridge(const Netlink& netlink, const std::string& name) {
  const MessagePtr message = new_link(name);
  put_kind(message, "bridge", [&] {
    nla_put_u32(message.get(), IFLA_BR_STP_STATE, 0);
    nla_put_u8(message.get(), IFLA_BR_MCAST_SNOOPING, 0);
  });
  return send(netlink, message, "make " + name);
}

Result<> remove_link(const Netlink& netlink, const LinkState& link) {
  return send(netlink, about(RTM_DELLINK, link), "remove " + link.name);
}

Result<> join(const Netlink& netlink, const LinkState& link, int bridge) {
  const MessagePtr message = about(RTM_NEWLINK, link);
  nla_put_u32(message.get(), IFLA_MASTER, static_cast<std::uint32_t>(bridge));
  return send(netlink, message, "join " + link.name);
}

Result<> isolate(const Netlink& netlink, const LinkState& port) {
  const MessagePtr message = about(RTM_SETLINK, port, AF_BRIDGE);
  nlattr* about_port = nla_nest_start(message.get(), IFLA_PROTINFO);
  about_port->nla_type |= NLA_F_NESTED;
  nla_put_u8(message.get(), IFLA_BRPORT_ISOLATED, 1);
  nla_nest_end(message.get(), about_port);
  return send(netlink, message, "isolate " + port.name);
}

}  // namespace gw::net
