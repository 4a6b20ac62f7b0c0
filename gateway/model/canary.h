#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace gw::model {

/// A cable into one of the box's namespaces that is there for one isolation proof (ISO-09). Both ends have
/// this name. No rule knows it, so everything that comes over it is refused; comparisons with the plan pass
/// it over.
inline const std::string kCanary = "canary0";
/// Locally administered hardware addresses of the end in the box's namespace and of the stranger's.
inline constexpr std::array<std::uint8_t, 6> kCanaryInside{0x02, 0x53, 0x4b, 0x00, 0x00, 0x01};
inline constexpr std::array<std::uint8_t, 6> kCanaryOutside{0x02, 0x53, 0x4b, 0x00, 0x00, 0x02};

}  // namespace gw::model
