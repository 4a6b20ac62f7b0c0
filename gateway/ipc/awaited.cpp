#include "ipc/awaited.h"

#include <poll.h>

#include <cerrno>

namespace gw::ipc {

Result<Frame> awaited(const Channel& channel, Conversation& conversation, Instant deadline,
                      const Clock& clock) {
  for (;;) {
    GW_TRY(std::optional<Frame> frame, channel.receive());
    if (frame) {
      GW_TRY(conversation.accept(*frame));
      return std::move(*frame);
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.now());
    if (left.count() <= 0) return Error{ErrorCode::channel_would_block, "no answer came in time"};
    pollfd waiting{channel.fd(), POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
      return system_error("poll");
  }
}

}  // namespace gw::ipc
