#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace gw::capture {

/// What of a frame is heads and nothing of what people send each other.
struct Heads {
  std::size_t length = 0;         ///< octets, from the frame's beginning
  std::size_t ip = 0;             ///< where the head of IP begins; the frame's size: it has none
  std::uint16_t source_port = 0;  ///< zero: it has none
  std::uint16_t destination_port = 0;
};

/// Reads an Ethernet frame: the link with its VLAN tags, ARP as a whole, IPv4 with its options, IPv6 with the
/// head of a fragment (RFC 8200 4.5) but no other that stands between, TCP with its options, UDP, ICMP's
/// first eight octets, and of ICMPv6 what a neighbour is asked by (RFC 4861 4). What stands behind the end of
/// the IP packet is none of it. The bytes are a stranger's: a head that is cut off, unknown or false in
/// itself counts with none of its octets.
Heads read_heads(Bytes frame);

}  // namespace gw::capture
