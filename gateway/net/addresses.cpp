#include "net/addresses.h"

#include <linux/if_addr.h>
#include <netlink/errno.h>
#include <netlink/route/addr.h>

#include <algorithm>
#include <iterator>

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

Result<> remove(const Netlink& netlink, const LinkAddress& value) {
  const AddressPtr address(rtnl_addr_alloc());
  const AddrPtr local = to_netlink(value.prefix);
  rtnl_addr_set_ifindex(address.get(), value.link);
  rtnl_addr_set_local(address.get(), local.get());
  // The kernel takes an IPv4 address's secondaries away with it.
  const int code = rtnl_addr_delete(netlink.get(), address.get(), 0);
  if (code < 0 && code != -NLE_NOADDR) return netlink_error("remove address " + value.prefix.to_text(), code);
  return Done{};
}

/// Those of `values` that `others` lacks.
std::vector<LinkAddress> lacking(const std::vector<LinkAddress>& values,
                                 const std::vector<LinkAddress>& others) {
  std::vector<LinkAddress> out;
  std::copy_if(values.begin(), values.end(), std::back_inserter(out),
               [&](const LinkAddress& value) { return !has(others, value) && !is_kernels_own(value); });
  return out;
}

Result<> check(const Netlink& netlink, const std::vector<LinkAddress>& wanted) {
  GW_TRY(const std::vector<LinkAddress> there, read_addresses(netlink));
  for (const LinkAddress& address : wanted)
    if (!has(there, address))
      return Error{ErrorCode::net_apply_failed, "address absent: " + address.prefix.to_text()};
  for (const LinkAddress& address : lacking(there, wanted))
    return Error{ErrorCode::net_apply_failed, "address left over: " + address.prefix.to_text()};
  return Done{};
}

}  // namespace

bool is_kernels_own(const LinkAddress& address) {
  for (const char* own : {"127.0.0.0/8", "::1/128", "fe80::/10"})
    if (model::Prefix::parse(own)->contains(address.prefix.address)) return true;
  return false;
}

Result<std::vector<LinkAddress>> read_addresses(const Netlink& netlink) {
  GW_TRY(const CachePtr cache, dump(netlink));
  std::vector<LinkAddress> out;
  for_each_address(cache, [&](rtnl_addr*, const LinkAddress& value) { out.push_back(value); });
  return out;
}

Result<> settle_addresses(const Netlink& netlink, const std::vector<LinkState>& links,
                          const std::vector<LinkAddress>& wanted, Repairs& repairs) {
  const auto sentence = [&](const LinkAddress& address, const char* what) {
    return "address " + address.prefix.to_text() + " on " + name_of(links, address.link) + what;
  };
  GW_TRY(const std::vector<LinkAddress> there, read_addresses(netlink));
  for (const LinkAddress& address : lacking(there, wanted)) {
    repairs.add(sentence(address, " is not ours"));
    GW_TRY(remove(netlink, address));
  }
  for (const LinkAddress& address : wanted)
    if (!has(there, address)) repairs.add(sentence(address, " was missing"));
  GW_TRY(const std::vector<LinkAddress> left, read_addresses(netlink));
  for (const LinkAddress& address : wanted)
    if (!has(left, address)) GW_TRY(add(netlink, address));
  return check(netlink, wanted);
}

}  // namespace gw::net
