#pragma once

#include "base/clock.h"
#include "ipc/conversation.h"

namespace gw::renewer {

/// The next frame that a peer may send, however long it takes until `deadline`. channel.closed,
/// channel.out_of_phase; channel.would_block if nothing came in time.
Result<ipc::Frame> awaited(const ipc::Channel& channel, ipc::Conversation& conversation, Instant deadline,
                           const Clock& clock);

}  // namespace gw::renewer
