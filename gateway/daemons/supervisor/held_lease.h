#pragma once

#include <memory>

#include "base/fd.h"
#include "model/lease.h"

namespace gw::supervisor {

/// A lease that was judged fit, and its bytes for net-apply.
struct HeldLease {
  model::Lease lease{};
  UniqueFd sealed{};
};
using HeldLeasePtr = std::shared_ptr<const HeldLease>;

}  // namespace gw::supervisor
