#include "watch/kernel_news.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/neighbour.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>

namespace gw::watch {
namespace {

constexpr std::size_t kRoom = 64 * 1024;

Result<> join_group(int fd, int group) {
  if (::setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0)
    return system_error("setsockopt(NETLINK_ADD_MEMBERSHIP)");
  return Done{};
}

Result<UniqueFd> listen_to(int protocol, std::initializer_list<int> groups) {
  UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
  if (!fd) return system_error("socket(AF_NETLINK)");
  sockaddr_nl own{};
  own.nl_family = AF_NETLINK;
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0)
    return system_error("bind(AF_NETLINK)");
  for (const int group : groups) GW_TRY(join_group(fd.get(), group));
  return fd;
}

/// Strangers make neighbours come and go as they like. Only what was set by hand gets through the kernel's
/// own filter, so that nobody can wake us: a permanent entry, one that is answered for, a bridge's static
/// one.
Result<> hear_of_what_was_set_by_hand(int fd) {
  constexpr std::uint32_t kFamily = NLMSG_HDRLEN + offsetof(ndmsg, ndm_family),
                          kState = NLMSG_HDRLEN + offsetof(ndmsg, ndm_state),
                          kFlags = NLMSG_HDRLEN + offsetof(ndmsg, ndm_flags), kWhole = 0xffff;
  sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlags),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NTF_PROXY | NTF_EXT_LEARNED, 5, 0),
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, kState),  // as if from the network; the kernel wrote it as its own
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, htons(NUD_PERMANENT), 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, htons(NUD_NOARP), 0, 3),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFamily),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_BRIDGE, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, kWhole),
      BPF_STMT(BPF_RET | BPF_K, 0),
  };
  const sock_fprog program{std::size(steps), steps};
  if (::setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
    return system_error("setsockopt(SO_ATTACH_FILTER)");
  return Done{};
}

/// Heard from the first notice on: the filter stands before the group is joined.
Result<UniqueFd> listen_to_neighbours() {
  GW_TRY(UniqueFd fd, listen_to(NETLINK_ROUTE, {}));
  GW_TRY(hear_of_what_was_set_by_hand(fd.get()));
  GW_TRY(join_group(fd.get(), RTNLGRP_NEIGH));
  return fd;
}

/// The links that are there already answer on the socket that hears of new ones.
Result<> ask_for_links(int fd) {
  struct {
    nlmsghdr header;
    ifinfomsg body;
  } question{};
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = RTM_GETLINK;
  question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  if (::send(fd, &question, sizeof question, 0) < 0) return system_error("send(RTM_GETLINK)");
  return Done{};
}

/// The kernel's own message, aligned and whole.
std::string name_in(const nlmsghdr& message) {
  std::size_t left = message.nlmsg_len - NLMSG_SPACE(sizeof(ifinfomsg));
  const char* at = reinterpret_cast<const char*>(&message) + NLMSG_SPACE(sizeof(ifinfomsg));
  while (left >= sizeof(rtattr)) {
    rtattr attribute{};
    std::memcpy(&attribute, at, sizeof attribute);
    if (attribute.rta_len < sizeof attribute || attribute.rta_len > left) break;
    const char* const text = at + RTA_LENGTH(0);
    if (attribute.rta_type == IFLA_IFNAME) return {text, ::strnlen(text, attribute.rta_len - RTA_LENGTH(0))};
    const std::size_t step = RTA_ALIGN(attribute.rta_len);
    if (step >= left) break;
    at += step;
    left -= step;
  }
  return {};
}

}  // namespace

Result<KernelNews> KernelNews::open() {
  GW_TRY(UniqueFd routing,
         listen_to(NETLINK_ROUTE, {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
                                   RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE,
                                   RTNLGRP_IPV4_NETCONF, RTNLGRP_IPV6_NETCONF}));
  GW_TRY(UniqueFd rules, listen_to(NETLINK_NETFILTER, {NFNLGRP_NFTABLES}));
  GW_TRY(UniqueFd neighbours, listen_to_neighbours());
  GW_TRY(ask_for_links(routing.get()));
  return KernelNews(std::move(routing), std::move(rules), std::move(neighbours));
}

bool KernelNews::read() {
  bool news = false;
  for (const UniqueFd* fd : {&routing_, &rules_, &neighbours_}) news = read_from(fd->get()) || news;
  return news;
}

bool KernelNews::read_from(int fd) {
  alignas(nlmsghdr) std::array<char, kRoom> buffer;
  bool news = false;
  for (;;) {
    const ssize_t size = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0 && !(size < 0 && errno == ENOBUFS)) return news;
    news = true;
    if (size > 0 && fd == routing_.get()) learn_names(buffer.data(), static_cast<std::size_t>(size));
  }
}

void KernelNews::learn_names(const char* data, std::size_t size) {
  while (size >= sizeof(nlmsghdr)) {
    const auto& message = *reinterpret_cast<const nlmsghdr*>(data);
    if (message.nlmsg_len < sizeof message || message.nlmsg_len > size) return;
    if (message.nlmsg_type == RTM_NEWLINK && message.nlmsg_len >= NLMSG_SPACE(sizeof(ifinfomsg))) {
      ifinfomsg link{};
      std::memcpy(&link, data + NLMSG_HDRLEN, sizeof link);
      names_[static_cast<unsigned>(link.ifi_index)] = name_in(message);
    }
    const std::size_t step = NLMSG_ALIGN(message.nlmsg_len);
    if (step >= size) return;
    data += step;
    size -= step;
  }
}

std::string KernelNews::link_name(unsigned number) const {
  if (number == 0) return {};
  const auto found = names_.find(number);
  return found == names_.end() ? std::to_string(number) : found->second;
}

}  // namespace gw::watch
