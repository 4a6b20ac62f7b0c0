#pragma once

#include <array>
#include <cstddef>

#include "base/bytes.h"

namespace gw::accounts {

/// Octets from the kernel's generator (getrandom, which waits for nothing once the machine is up). Without
/// them there are no secrets, so a failure ends the process.
void fill_random(MutableBytes out);

template <std::size_t N>
std::array<std::uint8_t, N> random_octets() {
  std::array<std::uint8_t, N> out{};
  fill_random(out);
  return out;
}

}  // namespace gw::accounts
