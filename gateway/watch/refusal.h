#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "watch/packet.h"

namespace gw::watch {

/// A packet the kernel's rules dropped, as its copy tells it.
struct Refusal {
  std::string rule{};       ///< the reason word of the rule that dropped it
  std::string interface {}; ///< where it came in, or would have gone out
  std::optional<std::uint32_t> account{};  ///< of the process that sent it, if one of ours did
  Packet packet{};
};

}  // namespace gw::watch
