#include "net/links.h"

#include <netlink/errno.h>
#include <netlink/route/link.h>

#include "net/netlink_objects.h"
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

bool is_missing(const Error& error) { return error.code == ErrorCode::net_interface_missing; }

}  // namespace

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
