#include "net/addresses.h"

#include <linux/if_addr.h>
#include <netlink/errno.h>
#include <netlink/route/addr.h>

#include <algorithm>

#include "net/netlink_objects.h"

namespace gw::net {
namespace {

using AddressPtr = NetlinkPtr<rtnl_addr, rtnl_addr_put>;

Result<CachePtr> dump(const Netlink& netlink) {
  nl_cache* cache = nullptr;
  if (const int code = rtnl_addr_alloc_cache(netlink.get(), &cache); code < 0)
    return netlink_error("read addresses", code);
  return CachePtr(cache);
}

LinkAddress value_of(rtnl_addr* address) {
  return {rtnl_addr_get_ifindex(address),
          {from_netlink(rtnl_addr_get_local(address)),
           static_cast<std::uint8_t>(rtnl_addr_get_prefixlen(address))}};
}

template <class Visit>
void for_each_address(const CachePtr& cache, Visit visit) {
  for_each<rtnl_addr>(cache, [&](rtnl_addr* address) {
    if (is_internet(rtnl_addr_get_local(address))) visit(address, value_of(address));
  });
}

bool has(const std::vector<LinkAddress>& addresses, const LinkAddress& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

bool is_kernels_own(const LinkAddress& address) {
  for (const char* own : {"127.0.0.0/8", "::1/128", "fe80::/10"})
    if (model::Prefix::parse(own)->contains(address.prefix.address)) return true;
  return false;
}

Result<std::vector<LinkAddress>> read_all(const Netlink& netlink) {
  GW_TRY(const CachePtr cache, dump(netlink));
  std::vector<LinkAddress> out;
  for_each_address(cache, [&](rtnl_addr*, const LinkAddress& value) { out.push_back(value); });
  return out;
}

Result<> add(const Netlink& netlink, const LinkAddress& wanted) {
  const AddressPtr address(rtnl_addr_alloc());
  const AddrPtr local = to_netlink(wanted.prefix);
  rtnl_addr_set_ifindex(address.get(), wanted.link);
  rtnl_addr_set_local(address.get(), local.get());
  if (wanted.prefix.address.family() == model::Family::ipv6) rtnl_addr_set_flags(address.get(), IFA_F_NODAD);
  const int code = rtnl_addr_add(netlink.get(), address.get(), 0);
  if (code < 0) return netlink_error("add address " + wanted.prefix.to_text(), code);
  return Done{};
}

}  // namespace

Result<> remove_other_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted) {
  GW_TRY(const CachePtr cache, dump(netlink));
  for_each_address(cache, [&](rtnl_addr* address, const LinkAddress& value) {
    // The kernel takes an IPv4 address's secondaries away with it, so "not there" is no failure here, and
    // check_addresses() has the last word.
    if (!has(wanted, value) && !is_kernels_own(value)) rtnl_addr_delete(netlink.get(), address, 0);
  });
  return Done{};
}

Result<> add_missing_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted) {
  GW_TRY(const std::vector<LinkAddress> there, read_all(netlink));
  for (const LinkAddress& address : wanted)
    if (!has(there, address)) GW_TRY(add(netlink, address));
  return Done{};
}

Result<> check_addresses(const Netlink& netlink, const std::vector<LinkAddress>& wanted) {
  GW_TRY(const std::vector<LinkAddress> there, read_all(netlink));
  for (const LinkAddress& address : wanted)
    if (!has(there, address))
      return Error{ErrorCode::net_apply_failed, "address absent: " + address.prefix.to_text()};
  for (const LinkAddress& address : there)
    if (!has(wanted, address) && !is_kernels_own(address))
      return Error{ErrorCode::net_apply_failed, "address left over: " + address.prefix.to_text()};
  return Done{};
}

}  // namespace gw::net
