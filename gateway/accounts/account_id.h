#pragma once

#include <cstdint>

#include "base/id.h"

namespace gw::accounts {

/// An administrator's account: grows by one, never reused. Zero is nobody.
using AccountId = Id<struct AccountTag, std::uint64_t>;

}  // namespace gw::accounts
