#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::erase {

/// A LUKS2 volume, as far as its end needs to be known (LUKS2 On-Disk Format 1.1, 2.1 and 3.1).
struct Volume {
  std::string uuid{};
  std::uint64_t keys_end = 0;  ///< all that could lead to its key lies before: headers, key slots, tokens
};
/// Of the first octets of a partition. text.malformed if no such volume begins with them.
Result<Volume> read_volume(Bytes head);
inline constexpr std::size_t kHead = 64u << 10;  ///< octets that read_volume needs at the most
/// What is overwritten of a partition that holds no volume, or one that cannot be read: more than any needs.
inline constexpr std::uint64_t kAtLeast = 32u << 20;

/// NIST SP 800-88 Rev. 1, 2.6 (cryptographic erase): everything before `end` is written over, with octets
/// at random and then with zeros, and is on the disk when it returns.
Result<> overwrite(const std::string& device, std::uint64_t end);
/// Reads it back from the disk itself, past the kernel's memory where the disk allows that: true if all of it
/// is zero.
Result<bool> is_blank(const std::string& device, std::uint64_t end);

}  // namespace gw::erase
