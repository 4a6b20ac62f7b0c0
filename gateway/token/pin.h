#pragma once

#include <cstdint>
#include <functional>

namespace gw::token {

/// What becomes of the PIN.
enum class PinNews : std::uint8_t {
  tried,    ///< it is about to be shown to the token
  spared,   ///< that cost nothing: it was right, or the token is locked already
  refused,  ///< it is wrong, and is not shown again
};
using PinEar = std::function<void(PinNews news)>;

}  // namespace gw::token
