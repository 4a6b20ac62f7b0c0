#pragma once

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"
#include "model/address.h"

namespace gw::watch {

// Parts of frames and packets. Whoever reads has made sure that the bytes reach so far.

inline std::uint16_t number_at(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

inline model::IpAddress address_at(Bytes bytes, std::size_t at, model::Family family) {
  model::IpAddress::Octets octets{};
  const Bytes from = bytes.subspan(at, family == model::Family::ipv4 ? 4 : 16);
  std::copy(from.begin(), from.end(), octets.begin());
  return {family, octets};
}

}  // namespace gw::watch
