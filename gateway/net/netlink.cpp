#include "net/netlink.h"

#include <linux/netlink.h>
#include <netlink/errno.h>
#include <netlink/socket.h>
#include <sys/socket.h>

#include <algorithm>

#include "net/netlink_objects.h"

namespace gw::net {

void Netlink::Free::operator()(nl_sock* socket) const { nl_socket_free(socket); }

namespace {

constexpr std::size_t kAtOnce = 32 * 1024;  // the kernel fills a dump's messages up to what is read at once

int number_of(Subsystem subsystem) {
  switch (subsystem) {
    case Subsystem::routing:
      return NETLINK_ROUTE;
    case Subsystem::netfilter:
      return NETLINK_NETFILTER;
    case Subsystem::sockets:
      break;
  }
  return NETLINK_SOCK_DIAG;
}

}  // namespace

Result<Netlink> Netlink::open(Subsystem subsystem) {
  Netlink netlink(nl_socket_alloc());
  if (netlink.get() == nullptr) return netlink_error("socket", NLE_NOMEM);
  if (const int code = nl_connect(netlink.get(), number_of(subsystem)); code < 0)
    return netlink_error("socket", code);
  nl_socket_set_msg_buf_size(netlink.get(), kAtOnce);
  // There several orders go out at once, and the library counts one answer for each.
  if (subsystem == Subsystem::netfilter) nl_socket_disable_seq_check(netlink.get());
  return netlink;
}

Error netlink_error(std::string_view what, int code) {
  return {ErrorCode::net_apply_failed, std::string(what) + ": " + nl_geterror(code)};
}

Error interface_missing(const std::string& name) { return {ErrorCode::net_interface_missing, name}; }

AddrPtr to_netlink(const model::Prefix& prefix) {
  const bool v4 = prefix.address.family() == model::Family::ipv4;
  const auto& octets = prefix.address.octets();
  AddrPtr address(nl_addr_build(v4 ? AF_INET : AF_INET6, octets.data(), v4 ? 4 : 16));
  GW_CHECK(address != nullptr, "out of memory ends the process");
  nl_addr_set_prefixlen(address.get(), prefix.length);
  return address;
}

bool is_internet(const nl_addr* address) {
  if (address == nullptr) return false;
  const int family = nl_addr_get_family(address);
  return family == AF_INET || family == AF_INET6;
}

model::IpAddress from_netlink(const nl_addr* address) {
  model::IpAddress::Octets octets{};
  const auto* bytes = static_cast<const std::uint8_t*>(nl_addr_get_binary_addr(address));
  const std::size_t size = std::min<std::size_t>(nl_addr_get_len(address), octets.size());
  std::copy(bytes, bytes + size, octets.begin());
  return {nl_addr_get_family(address) == AF_INET ? model::Family::ipv4 : model::Family::ipv6, octets};
}

}  // namespace gw::net
