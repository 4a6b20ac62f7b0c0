#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/codec.h"

namespace gw::model {

enum class Family : std::uint8_t { ipv4, ipv6 };

/// An IPv4 or IPv6 address; an IPv4 address uses the first four octets.
class IpAddress {
 public:
  using Octets = std::array<std::uint8_t, 16>;

  IpAddress() = default;
  IpAddress(Family family, const Octets& octets);
  /// Text form of RFC 4291 or dotted quad; no zone, no port. An IPv4-mapped IPv6 address is IPv4.
  static std::optional<IpAddress> parse(std::string_view text);

  Family family() const { return family_; }
  const Octets& octets() const { return octets_; }
  std::string to_text() const;
  /// 32 or 128.
  unsigned width() const { return family_ == Family::ipv4 ? 32 : 128; }

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

  template <class Io>
  friend void visit(Io& io, IpAddress& address) {
    io.choice(address.family_, Family::ipv6);
    io.field(address.octets_);
    // One address has one form; another would walk round every comparison of prefixes.
    if (IpAddress(address.family_, address.octets_) != address) io.fail();
  }

 private:
  Family family_ = Family::ipv4;
  Octets octets_{};
};

/// An address and how many of its leading bits count. The host bits are kept: 10.1.0.1/24 is an interface
/// address as well as a network.
struct Prefix {
  IpAddress address{};
  std::uint8_t length = 0;

  /// "10.1.0.0/16"; a missing length means the single address.
  static std::optional<Prefix> parse(std::string_view text);
  bool contains(const IpAddress& other) const;
  /// Do the two share an address?
  bool overlaps(const Prefix& other) const;
  /// The same prefix with all host bits zero.
  Prefix network() const;
  std::string to_text() const;

  friend auto operator<=>(const Prefix&, const Prefix&) = default;
};

template <class Io>
void visit(Io& io, Prefix& prefix) {
  io.field(prefix.address);
  io.range(prefix.length, std::uint8_t{0}, std::uint8_t{128});
  if (prefix.length > prefix.address.width()) io.fail();
}

/// Where a socket listens or connects to.
struct Endpoint {
  IpAddress address{};
  std::uint16_t port = 0;

  /// "10.1.0.1:443" or "[fd00::1]:443".
  std::string to_text() const;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

template <class Io>
void visit(Io& io, Endpoint& endpoint) {
  io.field(endpoint.address);
  io.field(endpoint.port);
}

}  // namespace gw::model

template <>
struct std::hash<gw::model::IpAddress> {
  std::size_t operator()(const gw::model::IpAddress& address) const noexcept;
};
