#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "model/address.h"

namespace gw::watch {

/// The two ends of a packet as its headers tell them. Ports are zero where the protocol has none, and in a
/// fragment that is not the first.
struct Packet {
  std::uint8_t protocol = 0;  ///< IANA's number: 6 is TCP
  model::Endpoint source{};
  model::Endpoint destination{};

  friend auto operator<=>(const Packet&, const Packet&) = default;
};

/// Reads the IP header and the ports behind it (RFC 791, RFC 8200). The bytes are a stranger's and may be cut
/// off anywhere; nothing comes back if they do not reach through the addresses.
std::optional<Packet> read_packet(Bytes bytes);

/// "tcp", "udp", "icmp", "icmpv6", or the number as text.
std::string protocol_name(std::uint8_t protocol);

}  // namespace gw::watch
