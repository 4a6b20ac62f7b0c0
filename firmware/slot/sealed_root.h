#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::slot {

/// What the signed command line says of the root it goes with (firmware/image/boot.py).
struct SealedRoot {
  std::string digest{};  ///< of the hash tree's top, in hex
  std::string offset{};  ///< where the hashes begin in the partition, in octets
};

/// Of a kernel's command line (`sekisho.root=DIGEST,OFFSET`); nothing if it does not say so.
std::optional<SealedRoot> sealed_root(std::string_view line);

}  // namespace gw::slot
