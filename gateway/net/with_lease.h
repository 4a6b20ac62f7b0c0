#pragma once

#include <optional>

#include "model/lease.h"
#include "net/plan.h"

namespace gw::net {

/// What the kernel must look like under a plan and what a DHCP server lent: its address and default route on
/// the interface that borrows, and leave for the client to ask that one server to renew. The plan as it is if
/// it borrows nothing, the lease is another interface's, or fault_of() finds something: net-apply believes
/// the supervisor no more than the supervisor believes the client.
Plan with_lease(Plan plan, const std::optional<model::Lease>& lease);

}  // namespace gw::net
