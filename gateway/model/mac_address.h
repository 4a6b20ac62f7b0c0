#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::model {

/// The 48-bit address of a network interface (IEEE 802).
struct MacAddress {
  std::array<std::uint8_t, 6> octets{};

  /// "02:5e:00:00:53:01"; hyphens are read as well, both cases too.
  static std::optional<MacAddress> parse(std::string_view text);
  std::string to_text() const;
  /// The first bit on the wire: broadcast and multicast.
  bool is_group() const { return (octets[0] & 1) != 0; }

  friend auto operator<=>(const MacAddress&, const MacAddress&) = default;
};

template <class Io>
void visit(Io& io, MacAddress& address) {
  io.field(address.octets);
}

}  // namespace gw::model
