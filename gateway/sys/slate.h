#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// A small file that one process writes over and over and another reads, each through a descriptor that it
/// has since before it was shut in. Neither waits for the other, and a reader never takes half of it for
/// the whole.
inline constexpr std::size_t kMostSlate = 8192;  ///< octets, of what is written on it

enum class SlateUse : std::uint8_t { read, write };
/// Made if it is missing, for its owner alone.
Result<UniqueFd> make_slate(const std::string& path, SlateUse use = SlateUse::write);
/// One that somebody has made; nothing if nobody has.
UniqueFd find_slate(const std::string& path, SlateUse use = SlateUse::write);
/// At most kMostSlate octets, in the place of those before.
Result<> write_slate(int slate, Bytes bytes);
/// What was written last; nothing if nothing was, or while it is being written.
std::vector<std::uint8_t> read_slate(int slate);

}  // namespace gw::sys
