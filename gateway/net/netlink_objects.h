#pragma once

// libnl's objects as this module's files handle them. Included by sources only.

#include <netlink/addr.h>
#include <netlink/cache.h>

#include <memory>

#include "model/address.h"
#include "net/netlink.h"

namespace gw::net {

/// Frees a libnl object with the library's own function.
template <auto free_object>
struct NetlinkFree {
  template <class T>
  void operator()(T* object) const {
    free_object(object);
  }
};
template <class T, auto free_object>
using NetlinkPtr = std::unique_ptr<T, NetlinkFree<free_object>>;
using CachePtr = NetlinkPtr<nl_cache, nl_cache_free>;
using AddrPtr = NetlinkPtr<nl_addr, nl_addr_put>;

AddrPtr to_netlink(const model::Prefix& prefix);
/// Only internet addresses have our form.
bool is_internet(const nl_addr* address);
/// An empty one is the unspecified address.
model::IpAddress from_netlink(const nl_addr* address);

/// Calls visit(object) for each object of a cache.
template <class T, class Visit>
void for_each(const CachePtr& cache, Visit visit) {
  for (nl_object* object = nl_cache_get_first(cache.get()); object != nullptr;
       object = nl_cache_get_next(object))
    visit(reinterpret_cast<T*>(object));
}

}  // namespace gw::net
