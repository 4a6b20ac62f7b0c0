#pragma once

#include "base/clock.h"
#include "ipc/conversation.h"

namespace gw::ipc {

/// The next frame that a peer may send, however long it takes until `deadline`. channel.closed,
/// channel.out_of_phase; channel.would_block if nothing came in time.
Result<Frame> awaited(const Channel& channel, Conversation& conversation, Instant deadline,
                      const Clock& clock);

}  // namespace gw::ipc
