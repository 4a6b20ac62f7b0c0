#pragma once

#include <vector>

#include "net/netlink.h"
#include "net/plan.h"
#include "net/repairs.h"
#include "net/socket.h"

namespace gw::net {

/// Names each socket that has no place in the plan, and closes it where the kernel lets us
/// (CONFIG_INET_DIAG_DESTROY); what cannot be closed, and an opening without its listener, is named as left:
/// the rules refuse its packets, or there is nothing to repair here.
/// \param diagnosis of Subsystem::sockets
Result<> settle_sockets(const Netlink& diagnosis, const Plan& plan, Role role, const std::vector<Socket>& raw,
                        Repairs& repairs);

/// Where TCP connections are taken. \param diagnosis of Subsystem::sockets
Result<std::vector<model::Endpoint>> read_listeners(const Netlink& diagnosis);

}  // namespace gw::net
