#include "model/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace gw::model {
namespace {

/// ::ffff:0:0/96 of RFC 4291 2.5.5.2. Taken as IPv4, so that a prefix check cannot be walked round.
bool is_mapped_ipv4(const IpAddress::Octets& octets) {
  return std::all_of(octets.begin(), octets.begin() + 10, [](auto o) { return o == 0; }) &&
         octets[10] == 0xff && octets[11] == 0xff;
}

bool same_leading_bits(const IpAddress::Octets& a, const IpAddress::Octets& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

}  // namespace

IpAddress::IpAddress(Family family, const Octets& octets) : family_(family), octets_(octets) {
  if (family_ == Family::ipv6 && is_mapped_ipv4(octets)) {
    family_ = Family::ipv4;
    std::copy(octets.begin() + 12, octets.end(), octets_.begin());
  }
  if (family_ == Family::ipv4) std::fill(octets_.begin() + 4, octets_.end(), std::uint8_t{0});
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;  // inet_pton would stop there
  const std::string terminated(text);
  Octets octets{};
  if (::inet_pton(AF_INET, terminated.c_str(), octets.data()) == 1) return IpAddress(Family::ipv4, octets);
  if (::inet_pton(AF_INET6, terminated.c_str(), octets.data()) == 1) return IpAddress(Family::ipv6, octets);
  return std::nullopt;
}

std::string IpAddress::to_text() const {
  char text[INET6_ADDRSTRLEN];
  ::inet_ntop(family_ == Family::ipv4 ? AF_INET : AF_INET6, octets_.data(), text, sizeof text);
  return text;
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Prefix{*address, static_cast<std::uint8_t>(address->width())};
  const auto length = parse_decimal(text.substr(slash + 1));
  if (!length || *length > address->width()) return std::nullopt;
  return Prefix{*address, static_cast<std::uint8_t>(*length)};
}

bool Prefix::contains(const IpAddress& other) const {
  return address.family() == other.family() && same_leading_bits(address.octets(), other.octets(), length);
}

bool Prefix::overlaps(const Prefix& other) const {
  return address.family() == other.address.family() &&
         same_leading_bits(address.octets(), other.address.octets(), std::min(length, other.length));
}

Prefix Prefix::network() const {
  IpAddress::Octets octets = address.octets();
  for (unsigned bit = length; bit < address.width(); ++bit)
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] & ~(0x80u >> (bit % 8)));
  return {IpAddress(address.family(), octets), length};
}

std::string Prefix::to_text() const { return address.to_text() + "/" + std::to_string(length); }

std::string Endpoint::to_text() const {
  const std::string host =
      address.family() == Family::ipv6 ? "[" + address.to_text() + "]" : address.to_text();
  return host + ":" + std::to_string(port);
}

}  // namespace gw::model

std::size_t std::hash<gw::model::IpAddress>::operator()(const gw::model::IpAddress& address) const noexcept {
  const auto& octets = address.octets();
  return std::hash<std::string_view>{}({reinterpret_cast<const char*>(octets.data()), octets.size()}) ^
         static_cast<std::size_t>(address.family());
}
