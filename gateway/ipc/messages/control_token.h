#pragma once

// tokend -> supervisor: what becomes of the PIN. A token locks itself when wrong ones go on coming, so the
// supervisor counts, and knows of each try before it is made.

#include "ipc/conversation.h"

namespace gw::ipc::token {

enum class Msg : std::uint16_t {
  pin_tried = 32,    ///< no body: it is about to be shown to the token
  pin_spared = 33,   ///< no body: that cost nothing; it was right, or the token is locked already
  pin_refused = 34,  ///< no body: the token says that it is wrong
};
enum class Phase : std::uint8_t { open };

inline constexpr Permit kFromTokend[] = {permit(Msg::pin_tried, Phase::open, Times::many),
                                         permit(Msg::pin_spared, Phase::open, Times::many),
                                         permit(Msg::pin_refused, Phase::open, Times::once)};

}  // namespace gw::ipc::token
