#pragma once

#include <string>

#include "net/netlink.h"

namespace gw::net {

/// Is an interface of this name in another network namespace? Asked from here over the namespace's number, so
/// CAP_SYS_ADMIN, which entering would take, is not needed.
Result<bool> has_link(const Netlink& netlink, const std::string& name, int namespace_fd);

}  // namespace gw::net
