#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// A memory file holding `bytes` that nobody can change any more: write, grow, shrink and further sealing are
/// refused by the kernel. `name` is for /proc only.
Result<UniqueFd> seal(Bytes bytes, const char* name);

/// A memory file of `size` octets, for somebody to write into who is not trusted with more: it does not grow.
Result<UniqueFd> make_room(std::size_t size, const char* name);
/// Keeps the first `size` octets of it, as seal() does. Fails while somebody can still write there by a mapping.
Result<> seal_room(int fd, std::size_t size);

/// The content of a memory file made by seal(). The seals are asked for before the size is believed: without
/// them the sender could cut the file under our feet. message.malformed if a seal is missing,
/// file.too_large beyond `most` bytes. Leaves the descriptor's offset alone.
Result<std::vector<std::uint8_t>> read_sealed(int fd, std::size_t most);

}  // namespace gw::sys
