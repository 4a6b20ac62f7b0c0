#pragma once

#include "net/plan.h"

namespace gw::net {

/// The step between two plans: what both allow and nothing that only one of them does (an opening, a source,
/// a permission), what either forbids, and the interfaces and addresses of both, so that the new listeners
/// can be bound before anybody reaches them and the old ones stand until they are closed. Where the two
/// contradict each other, in the gateway or the shape of an interface, the later one counts.
Plan narrowed(const Plan& before, const Plan& after);

}  // namespace gw::net
