#pragma once

#include <mutex>

#include "keys/private_key.h"

namespace gw::keys {

/// A key of a keeper that knows one thread only, for use by several: whatever touches the keeper holds the
/// lock. The lock outlives the key.
PrivateKeyPtr locked(PrivateKeyPtr key, std::mutex& keeper);

}  // namespace gw::keys
