#pragma once

// supervisor <-> packet-capture: when it is enough, and what it recorded. Its inputs: what is wanted, sealed; the socket; room for the file.

#include "ipc/conversation.h"
#include "model/packet_capture.h"

namespace gw::ipc::capture {

enum class Msg : std::uint16_t {
  stop = 1,      ///< no body: no more frames
  recorded = 2,  ///< model::CaptureOutcome: the file is in its room
};
enum class Phase : std::uint8_t { open };

inline constexpr Permit kToCapture[] = {permit(Msg::stop, Phase::open, Times::once)};
inline constexpr Permit kFromCapture[] = {permit(Msg::recorded, Phase::open, Times::once)};

}  // namespace gw::ipc::capture
