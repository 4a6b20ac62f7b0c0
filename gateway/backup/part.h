#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::backup {

/// One named piece of what a backup holds. Which there are is up to whoever makes backups.
struct Part {
  std::string name{};  ///< is_part_name()
  std::vector<std::uint8_t> content{};
};

inline constexpr std::size_t kMostPartName = 99;
inline constexpr std::size_t kMostParts = 17'000;
/// Of all parts of one backup, octets.
inline constexpr std::size_t kMostContent = 128u << 20;
/// Of the file that holds them.
inline constexpr std::size_t kMostContainer = kMostContent + (32u << 20);

/// A name that is a harmless path wherever it is unpacked: a-z, 0-9, '-', '_' and '.', in pieces between
/// slashes, none of which begins with a dot.
bool is_part_name(std::string_view name);

}  // namespace gw::backup
