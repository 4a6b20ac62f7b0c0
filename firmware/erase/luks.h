#pragma once

#include <cstdint>
#include <optional>
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
/// What was begun, should the power go: the TPM of a box that is given away is to be cleared as well.
enum class Mark : std::uint8_t { reset, disposal };
/// What is overwritten of a partition that holds no volume, or one that cannot be read: more than any needs.
inline constexpr std::uint64_t kAtLeast = 32u << 20;

/// Whether a LUKS2 volume can still be opened by either copy of its header: their magic numbers are looked
/// for where the format has them (2.1).
bool has_header(Bytes head);
inline constexpr std::size_t kHeaders = (4u << 20) + 4096;  ///< octets that has_header needs

/// The first octets become zeros, but for a mark, and are on the disk before any other octet is touched:
/// whatever power leaves of them, either a header still opens the volume, of which nothing else is lost, or
/// none does and the mark says what was begun.
Result<> begin_erasing(const std::string& device, Mark mark);
/// The mark of a partition whose first block says nothing else; nothing if there is no such block.
std::optional<Mark> begun(Bytes head);

/// NIST SP 800-88 Rev. 1, 2.6 (cryptographic erase): everything between the mark and `end` is written over,
/// with octets at random and then with zeros, and is on the disk when it returns.
Result<> overwrite_behind_mark(const std::string& device, std::uint64_t end);
/// The last that goes: nothing is still to be done.
Result<> remove_mark(const std::string& device);
/// Reads it back from the disk itself, past the kernel's memory where the disk allows that: true if all of it
/// is zero.
Result<bool> is_blank(const std::string& device, std::uint64_t end);

}  // namespace gw::erase
