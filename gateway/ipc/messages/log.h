#pragma once

// Every daemon -> supervisor, on a channel of its own: records. The supervisor puts time, process and tenant
// to them, so a daemon can forge its own deeds only.

#include "base/event.h"
#include "ipc/conversation.h"

namespace gw::ipc::log {

enum class Msg : std::uint16_t { record = 1 };
enum class Phase : std::uint8_t { open };

inline constexpr Permit kFromDaemon[] = {permit(Msg::record, Phase::open, Times::many)};

}  // namespace gw::ipc::log
