#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace gw::capture {

/// How many octets at the beginning of an Ethernet frame are heads and nothing of what people send each other:
/// the link with its VLAN tags, ARP as a whole, IP with what may stand between it and the next (RFC 8200 4),
/// TCP with its options, UDP, ICMP's first eight, and of ICMPv6 what a neighbour is asked by (RFC 4861 4). The
/// bytes are a stranger's: a head that is cut off, unknown or false in itself counts with none of its octets.
std::size_t length_of_heads(Bytes frame);

/// Where the IP head begins; the frame's length if it has none.
std::size_t ip_at(Bytes frame);

}  // namespace gw::capture
