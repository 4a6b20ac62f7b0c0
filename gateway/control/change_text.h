#pragma once

#include "changes/change.h"
#include "ipc/messages/changes.h"

namespace gw::control {

/// A change as it is told to whoever may see it: without the token's hash.
ipc::changes::Change told_of(const changes::Change& change);

}  // namespace gw::control
