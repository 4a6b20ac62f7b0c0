#pragma once

#include <map>

#include "base/fd.h"
#include "topology.h"

namespace gw::supervisor {

/// How the kernel listed each namespace's rules right after they were loaded: sealed, never read here, and
/// given back to net-apply when it compares. Gone with the supervisor, as the namespaces are.
using RuleListings = std::map<Ground, UniqueFd>;

}  // namespace gw::supervisor
