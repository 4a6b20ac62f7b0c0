#pragma once

#include "base/event.h"
#include "ipc/messages/operator.h"

namespace gw::supervisor {

/// A record of what was done for somebody: it names him and his sign-in, unless he sits at the box as root
/// (LOG-01).
Event event_by(EventId id, const ipc::op::Administrator& by);

}  // namespace gw::supervisor
