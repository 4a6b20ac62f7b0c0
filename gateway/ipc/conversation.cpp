#include "ipc/conversation.h"

namespace gw::ipc {

Result<> Conversation::accept(const Frame& frame) {
  for (std::size_t i = 0; i < permits_.size(); ++i) {
    const Permit& permit = permits_[i];
    if (permit.type != frame.type || permit.phase != phase_) continue;
    if (permit.fds != frame.fds.size())
      return Error{ErrorCode::channel_out_of_phase, "wrong number of descriptors"};
    if (permit.times == Times::once && used_[i])
      return Error{ErrorCode::channel_out_of_phase, "a message that may come once came again"};
    used_[i] = true;
    return Done{};
  }
  return Error{ErrorCode::channel_out_of_phase,
               "message " + std::to_string(frame.type) + " is not allowed now"};
}

}  // namespace gw::ipc
