#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gw::support {

using Octets = std::vector<std::uint8_t>;

/// Positions touched in one seed; beyond it the sweep takes even strides, so that a large seed costs no more.
inline constexpr std::size_t kMaxMutatedPositions = 1024;

/// Calls `try_octets` with every cut of the seed: each proper prefix, the empty one too. The vectors have
/// their exact size, so that the address sanitizer sees a read of one octet too many.
template <class Try>
void for_each_cut(const Octets& seed, Try try_octets) {
  const std::size_t stride = std::max<std::size_t>(1, seed.size() / kMaxMutatedPositions);
  for (std::size_t size = 0; size < seed.size(); size += stride)
    try_octets(Octets(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(size)));
}

/// Calls `try_octets` with the seed after each flip of one bit and with each octet at 0 and at 255.
template <class Try>
void for_each_change(const Octets& seed, Try try_octets) {
  const std::size_t stride = std::max<std::size_t>(1, seed.size() / kMaxMutatedPositions);
  for (std::size_t position = 0; position < seed.size(); position += stride) {
    Octets changed = seed;
    for (unsigned bit = 0; bit < 8; ++bit) {
      changed[position] = static_cast<std::uint8_t>(seed[position] ^ (1u << bit));
      try_octets(changed);
    }
    for (const std::uint8_t extreme : {std::uint8_t{0}, std::uint8_t{255}}) {
      changed[position] = extreme;
      try_octets(changed);
    }
  }
}

}  // namespace gw::support
