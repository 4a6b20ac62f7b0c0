#pragma once

namespace gw::probe {

/// Exit statuses of the hostile program. A program it managed to run ends with 0.
inline constexpr int kRefused = 40, kWorked = 41, kConfused = 42;

}  // namespace gw::probe
