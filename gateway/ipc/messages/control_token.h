#pragma once

// tokend -> supervisor: what it must remember, since a token locks itself when wrong PINs go on coming.

#include "ipc/conversation.h"

namespace gw::ipc::token {

enum class Msg : std::uint16_t {
  pin_refused = 32,  ///< no body: the token says that the PIN is wrong
};
enum class Phase : std::uint8_t { open };

inline constexpr Permit kFromTokend[] = {permit(Msg::pin_refused, Phase::open, Times::once)};

}  // namespace gw::ipc::token
