#include "dial/address_rules.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "dial/socket.h"

namespace gw::dial {
namespace {

using model::IpAddress;
using model::Prefix;

Prefix prefix(const char* text) {
  const auto parsed = Prefix::parse(text);
  GW_CHECK(parsed, "the table below holds prefixes");
  return *parsed;
}

const std::array<Prefix, 2>& loopback() {
  static const std::array<Prefix, 2> kRanges{prefix("127.0.0.0/8"), prefix("::1/128")};
  return kRanges;
}

/// Ranges of the IANA special-purpose registries (RFC 6890) in which no cloud can live. Private ranges are
/// not among them: closed medical networks use them, and the clinic's own are in `forbidden`.
const auto& nowhere() {
  static const std::array kRanges{
      prefix("0.0.0.0/8"),       // this network
      prefix("169.254.0.0/16"),  // link-local: also where clouds keep their machines' credentials
      prefix("224.0.0.0/4"),     // multicast
      prefix("240.0.0.0/4"),     // reserved, broadcast
      prefix("::/96"),           // unspecified; IPv4-compatible (RFC 4291 2.5.5.1)
      prefix("64:ff9b:1::/48"),  // local NAT64 (RFC 8215): an IPv4 address we cannot see
      prefix("100::/64"),        // discard (RFC 6666)
      prefix("2001::/32"),       // Teredo (RFC 4380)
      prefix("2002::/16"),       // 6to4 (RFC 3056)
      prefix("fe80::/10"),       // link-local
      prefix("fec0::/10"),       // site-local (RFC 3879)
      prefix("ff00::/8"),        // multicast
  };
  return kRanges;
}

template <class Ranges>
bool in_any(const IpAddress& address, const Ranges& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Prefix& p) { return p.contains(address); });
}

/// The IPv4 address inside 64:ff9b::/96 (RFC 6052 2.1): a translator on the way would unwrap it.
std::optional<IpAddress> unwrapped(const IpAddress& address) {
  static const Prefix kNat64 = prefix("64:ff9b::/96");
  if (!kNat64.contains(address)) return std::nullopt;
  IpAddress::Octets octets{};
  std::copy(address.octets().begin() + 12, address.octets().end(), octets.begin());
  return IpAddress(model::Family::ipv4, octets);
}

}  // namespace

bool may_dial(const IpAddress& address, NamedBy named_by, std::span<const Prefix> forbidden) {
  if (in_any(address, loopback())) return named_by == NamedBy::configuration;
  if (in_any(address, nowhere()) || in_any(address, forbidden)) return false;
  const auto inner = unwrapped(address);
  return !inner || may_dial(*inner, NamedBy::resolver, forbidden);
}

bool is_own_address(const IpAddress& address) {
  // A connected datagram socket takes the address it would send from; to oneself that is the address itself.
  const auto probe = connect_datagram({address, 9});
  if (!probe) return false;
  const auto local = local_endpoint(probe->get());
  return local && local->address == address;
}

}  // namespace gw::dial
