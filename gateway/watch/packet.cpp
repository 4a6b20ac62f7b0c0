#include "watch/packet.h"

#include <netinet/in.h>

#include "watch/octets.h"

namespace gw::watch {
namespace {

using model::Family;
using model::IpAddress;

constexpr std::size_t kIpv4Header = 20;
constexpr std::size_t kIpv6Header = 40;
constexpr std::uint16_t kFragmentOffset = 0x1fff;

bool has_ports(std::uint8_t protocol) {
  return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP ||
         protocol == IPPROTO_DCCP || protocol == IPPROTO_UDPLITE;
}

void read_ports(Bytes rest, Packet& packet) {
  if (!has_ports(packet.protocol) || rest.size() < 4) return;
  packet.source.port = number_at(rest, 0);
  packet.destination.port = number_at(rest, 2);
}

std::optional<Packet> read_ipv4(Bytes bytes) {
  if (bytes.size() < kIpv4Header) return {};
  Packet packet{bytes[9], {address_at(bytes, 12, Family::ipv4), 0}, {address_at(bytes, 16, Family::ipv4), 0}};
  const std::size_t header = std::size_t{4} * (bytes[0] & 0x0f);
  const bool begins_here = (number_at(bytes, 6) & kFragmentOffset) == 0;
  if (begins_here && header >= kIpv4Header && header <= bytes.size())
    read_ports(bytes.subspan(header), packet);
  return packet;
}

/// Extension headers are not followed: what the box lets through has none, and the refusal's rule says so.
std::optional<Packet> read_ipv6(Bytes bytes) {
  if (bytes.size() < kIpv6Header) return {};
  Packet packet{bytes[6], {address_at(bytes, 8, Family::ipv6), 0}, {address_at(bytes, 24, Family::ipv6), 0}};
  read_ports(bytes.subspan(kIpv6Header), packet);
  return packet;
}

}  // namespace

std::optional<Packet> read_packet(Bytes bytes) {
  if (bytes.empty()) return {};
  switch (bytes[0] >> 4) {
    case 4:
      return read_ipv4(bytes);
    case 6:
      return read_ipv6(bytes);
    default:
      return {};
  }
}

std::string protocol_name(std::uint8_t protocol) {
  switch (protocol) {
    case IPPROTO_TCP:
      return "tcp";
    case IPPROTO_UDP:
      return "udp";
    case IPPROTO_ICMP:
      return "icmp";
    case IPPROTO_ICMPV6:
      return "icmpv6";
    default:
      return std::to_string(protocol);
  }
}

}  // namespace gw::watch
