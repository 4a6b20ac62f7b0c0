#pragma once

#include "net/flow.h"
#include "net/netlink.h"
#include "net/repairs.h"

namespace gw::net {

/// Names and forgets each tracked flow that could not begin today, so that not even its next packet passes
/// (W6): `nf_conntrack_tcp_loose=0` keeps the kernel from picking it up again. Flows that are over
/// (TIME_WAIT, CLOSE) are left to their timers; all others stay as they are. To be called when rules are in
/// force under which no such flow begins. net.apply_failed if one is still there in the end.
/// \param netfilter of Subsystem::netfilter
Result<> settle_flows(const Netlink& netfilter, const FlowRules& rules, Repairs& repairs);

}  // namespace gw::net
