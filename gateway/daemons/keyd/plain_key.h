#pragma once

#include "base/secret.h"
#include "keys/private_key.h"

namespace gw::keys {

Result<> warm_up();
Result<PrivateKeyPtr> open_plain(const Secret& reference);

}  // namespace gw::keys
