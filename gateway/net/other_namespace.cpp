#include "net/other_namespace.h"

#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

#include "net/netlink_ask.h"

namespace gw::net {
namespace {

constexpr std::int32_t kNoNumber = NETNSA_NSID_NOT_ASSIGNED;

MessagePtr namespace_message(int type, int namespace_fd) {
  MessagePtr out = request(type);
  rtgenmsg header{AF_UNSPEC};
  nlmsg_append(out.get(), &header, sizeof header, NLMSG_ALIGNTO);
  nla_put_u32(out.get(), NETNSA_FD, static_cast<std::uint32_t>(namespace_fd));
  return out;
}

int keep_number(nl_msg* answer, void* target) {
  std::array<nlattr*, NETNSA_MAX + 1> attributes{};
  if (nlmsg_parse(nlmsg_hdr(answer), sizeof(rtgenmsg), attributes.data(), NETNSA_MAX, nullptr) == 0 &&
      attributes[NETNSA_NSID] != nullptr)
    *static_cast<std::int32_t*>(target) = nla_get_s32(attributes[NETNSA_NSID]);
  return NL_OK;
}
int count_answer(nl_msg*, void* target) {
  ++*static_cast<int*>(target);
  return NL_OK;
}

/// The number under which this namespace knows that one; given by the kernel on first use, and harmless to
/// keep.
Result<std::int32_t> number_of(const Netlink& netlink, int namespace_fd) {
  const MessagePtr assign = namespace_message(RTM_NEWNSID, namespace_fd);
  nla_put_s32(assign.get(), NETNSA_NSID, kNoNumber);
  if (const int code = nl_send_auto(netlink.get(), assign.get()); code < 0)
    return netlink_error("number a namespace", code);
  if (const int code = nl_wait_for_ack(netlink.get()); code < 0 && code != -NLE_EXIST)
    return netlink_error("number a namespace", code);

  std::int32_t number = kNoNumber;
  const MessagePtr query = namespace_message(RTM_GETNSID, namespace_fd);
  if (const int code = ask(netlink, query, keep_number, &number); code < 0)
    return netlink_error("find a namespace", code);
  return number;
}

}  // namespace

Result<bool> has_link(const Netlink& netlink, const std::string& name, int namespace_fd) {
  GW_TRY(const std::int32_t number, number_of(netlink, namespace_fd));
  const MessagePtr query = request(RTM_GETLINK);
  ifinfomsg header{};
  nlmsg_append(query.get(), &header, sizeof header, NLMSG_ALIGNTO);
  nla_put_s32(query.get(), IFLA_TARGET_NETNSID, number);
  nla_put_string(query.get(), IFLA_IFNAME, name.c_str());
  int answers = 0;
  const int code = ask(netlink, query, count_answer, &answers);
  if (code < 0 && code != -NLE_NODEV && code != -NLE_OBJ_NOTFOUND)
    return netlink_error("read interface " + name, code);
  return answers > 0;
}

}  // namespace gw::net
