#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace gw::capture {

using Octets = std::vector<std::uint8_t>;

inline Octets operator+(Octets left, const Octets& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// What no file may get: somebody's own words.
inline const Octets kPayload(64, 0xee);

inline Octets link(std::uint16_t type) {
  return Octets{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2} +
         Octets{static_cast<std::uint8_t>(type >> 8), static_cast<std::uint8_t>(type)};
}
/// It says that `content` octets stand behind it.
inline Octets ipv4(std::uint8_t protocol, std::uint16_t fragment = 0, const Octets& options = {},
                   std::size_t content = 1000) {
  Octets out{0x45, 0, 0, 0, 0, 1, 0, 0, 64, protocol, 0, 0, 10, 1, 0, 9, 10, 1, 0, 1};
  const std::size_t all = out.size() + options.size() + content;
  out[2] = static_cast<std::uint8_t>(all >> 8);
  out[3] = static_cast<std::uint8_t>(all);
  out[0] = static_cast<std::uint8_t>(0x40 | (5 + options.size() / 4));
  out[6] = static_cast<std::uint8_t>(fragment >> 8);
  out[7] = static_cast<std::uint8_t>(fragment);
  return out + options;
}
inline Octets ipv6(std::uint8_t next, std::uint16_t content = 1000) {
  Octets out(40, 0);
  out[4] = static_cast<std::uint8_t>(content >> 8), out[5] = static_cast<std::uint8_t>(content);
  out[0] = 0x60, out[6] = next, out[8] = out[24] = 0xfd, out[23] = 9, out[39] = 1;
  return out;
}
/// From port 40000 to 443; `words` of four octets each.
inline Octets tcp(std::uint8_t words = 5) {
  Octets out(std::size_t{4} * words, 1);
  out[0] = 0x9c, out[1] = 0x40, out[2] = 0x01, out[3] = 0xbb, out[12] = static_cast<std::uint8_t>(words << 4);
  return out;
}
inline Octets udp() { return {0x9c, 0x40, 0x00, 0x35, 0, 72, 0, 0}; }
inline Octets arp() {
  return Octets{0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 1, 0, 9, 0, 0, 0, 0, 0, 0, 10, 1, 0, 1};
}

}  // namespace gw::capture
