#pragma once

#include <string_view>

namespace gw::changes {

/// Why a change was undone that nobody wanted undone: as its record says it.
inline constexpr std::string_view kTooLate = "nobody confirmed it in time";

}  // namespace gw::changes
