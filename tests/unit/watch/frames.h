#pragma once

#include <string>
#include <vector>

#include "watch/frame.h"

namespace gw::tests {

using Octets = std::vector<std::uint8_t>;

inline model::IpAddress ip(const std::string& text) { return *model::IpAddress::parse(text); }
inline model::MacAddress mac(std::uint8_t last) { return {{2, 0, 0, 0, 0, last}}; }

inline void append(Octets& out, const model::IpAddress& address) {
  const auto* from = address.octets().data();
  out.insert(out.end(), from, from + (address.family() == model::Family::ipv4 ? 4 : 16));
}

/// Everybody's address as the destination if `to_group`, else that of 02:..:fe, the box.
inline Octets ethernet(std::uint8_t from, std::uint16_t type, bool to_group = true) {
  Octets out = to_group ? Octets(6, 0xff) : Octets{2, 0, 0, 0, 0, 0xfe};
  out.insert(out.end(), {2, 0, 0, 0, 0, from});
  out.push_back(static_cast<std::uint8_t>(type >> 8));
  out.push_back(static_cast<std::uint8_t>(type));
  return out;
}

/// "who has `target`, tell `sender`"
inline Octets arp(std::uint8_t from, const std::string& sender, const std::string& target) {
  Octets out = ethernet(from, 0x0806);
  out.insert(out.end(), {0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, from});
  append(out, ip(sender));
  out.insert(out.end(), 6, 0);
  append(out, ip(target));
  return out;
}

inline Octets ipv4(std::uint8_t from, std::uint8_t protocol, const std::string& source,
                   const std::string& target, const Octets& content = {}, bool to_group = true) {
  Octets out = ethernet(from, 0x0800, to_group);
  out.insert(out.end(), {0x45, 0, 0, 0, 0, 0, 0, 0, 64, protocol, 0, 0});
  append(out, ip(source));
  append(out, ip(target));
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

inline Octets ipv6(std::uint8_t from, std::uint8_t next, const std::string& source, const std::string& target,
                   const Octets& content = {}, bool to_group = true) {
  Octets out = ethernet(from, 0x86dd, to_group);
  out.insert(out.end(), {0x60, 0, 0, 0, 0, 0, next, 255});
  append(out, ip(source));
  append(out, ip(target));
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

inline Octets udp(std::uint16_t source, const Octets& content) {
  Octets out = {static_cast<std::uint8_t>(source >> 8), static_cast<std::uint8_t>(source), 0, 68, 0, 0, 0, 0};
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

/// A DHCP message of this type, with a router if one is given (RFC 2131, RFC 2132).
inline Octets dhcp(std::uint8_t operation, std::uint8_t type, const std::string& router = {}) {
  Octets out(236, 0);
  out[0] = operation;
  out.insert(out.end(), {99, 130, 83, 99, 0, 53, 1, type, 1, 4, 255, 255, 255, 0});
  if (!router.empty()) {
    out.insert(out.end(), {3, 4});
    append(out, ip(router));
  }
  out.push_back(255);
  return out;
}

/// ICMPv6 of a type, with the target behind its head.
inline Octets icmpv6(std::uint8_t type, const std::string& target = "::") {
  Octets out = {type, 0, 0, 0, 0, 0, 0, 0};
  append(out, ip(target));
  return out;
}

}  // namespace gw::tests
