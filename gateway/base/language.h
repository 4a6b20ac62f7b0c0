#pragma once

#include <cstdint>

namespace gw {

/// In which somebody reads.
enum class Language : std::uint8_t { english, japanese };

}  // namespace gw
