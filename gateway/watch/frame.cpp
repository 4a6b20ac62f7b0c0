#include "watch/frame.h"

#include <netinet/in.h>

#include <algorithm>

#include "watch/octets.h"

namespace gw::watch {
namespace {

using model::Family;
using model::IpAddress;
using Kind = Frame::Kind;

constexpr std::size_t kEthernet = 14, kArp = 28, kIpv4 = 20, kIpv6 = 40, kUdp = 8;
constexpr std::uint16_t kTypeIpv4 = 0x0800, kTypeArp = 0x0806, kTypeIpv6 = 0x86dd, kTypePppoe = 0x8863;
constexpr std::uint16_t kFragmentOffset = 0x1fff;
constexpr std::uint16_t kDhcpServer = 67, kDhcpv6Server = 547;
constexpr int kMostExtensions = 8;

model::MacAddress mac_at(Bytes bytes, std::size_t at) {
  model::MacAddress out;
  const Bytes from = bytes.subspan(at, out.octets.size());
  std::copy(from.begin(), from.end(), out.octets.begin());
  return out;
}

/// Ethernet and IPv4 only; other lengths and protocols are none of ours.
std::optional<Frame> read_arp(Bytes arp, Frame frame) {
  constexpr std::uint8_t kHead[] = {0, 1, 8, 0, 6, 4};
  if (arp.size() < kArp || !std::equal(std::begin(kHead), std::end(kHead), arp.begin())) return {};
  frame.kind = Kind::arp;
  frame.sender = address_at(arp, 14, Family::ipv4);
  frame.target = address_at(arp, 24, Family::ipv4);
  return frame;
}

/// The options of RFC 2132 from the one wanted on; empty if it is not there.
Bytes dhcp_option(Bytes options, std::uint8_t wanted) {
  constexpr std::uint8_t kPad = 0, kEnd = 255;
  while (!options.empty() && options[0] != kEnd) {
    if (options[0] == kPad) {
      options = options.subspan(1);
      continue;
    }
    if (options.size() < 2 || options.size() - 2 < options[1]) return {};
    if (options[0] == wanted) return options.subspan(2, options[1]);
    options = options.subspan(std::size_t{2} + options[1]);
  }
  return {};
}

/// RFC 2131: an offer or an acknowledgement is a server's word. A refusal gives nobody anything.
std::optional<Frame> read_dhcp(Bytes message, Frame frame) {
  constexpr std::size_t kFixed = 236, kCookie = 4;
  constexpr std::uint8_t kReply = 2, kRouters = 3, kType = 53, kOffer = 2, kAcknowledgement = 5;
  if (message.size() < kFixed + kCookie || message[0] != kReply) return frame;
  const Bytes options = message.subspan(kFixed + kCookie);
  const Bytes type = dhcp_option(options, kType);
  // BOOTP has no type and is an answer all the same (RFC 1534).
  if (!type.empty() && type[0] != kOffer && type[0] != kAcknowledgement) return frame;
  frame.kind = Kind::dhcp_answer;
  frame.target = {};
  if (const Bytes router = dhcp_option(options, kRouters); router.size() >= 4)
    frame.target = address_at(router, 0, Family::ipv4);
  return frame;
}

/// RFC 8415 7.3.
std::optional<Frame> read_dhcpv6(Bytes message, Frame frame) {
  constexpr std::uint8_t kAdvertise = 2, kReply = 7;
  if (message.empty() || (message[0] != kAdvertise && message[0] != kReply)) return frame;
  frame.kind = Kind::dhcp_answer;
  frame.target = IpAddress(Family::ipv6, {});
  return frame;
}

std::optional<Frame> read_udp(Bytes udp, Frame frame) {
  if (udp.size() < kUdp) return frame;
  const std::uint16_t from = number_at(udp, 0);
  const Bytes content = udp.subspan(kUdp);
  if (frame.sender.family() == Family::ipv4 && from == kDhcpServer) return read_dhcp(content, frame);
  if (frame.sender.family() == Family::ipv6 && from == kDhcpv6Server) return read_dhcpv6(content, frame);
  return frame;
}

std::optional<Frame> read_ipv4(Bytes ip, Frame frame) {
  if (ip.size() < kIpv4 || ip[0] >> 4 != 4) return {};
  frame.kind = Kind::packet;
  frame.sender = address_at(ip, 12, Family::ipv4);
  frame.target = address_at(ip, 16, Family::ipv4);
  const std::size_t header = std::size_t{4} * (ip[0] & 0x0f);
  const bool begins_here = (number_at(ip, 6) & kFragmentOffset) == 0;
  if (ip[9] != IPPROTO_UDP || !begins_here || header < kIpv4 || header > ip.size()) return frame;
  return read_udp(ip.subspan(header), frame);
}

std::optional<Frame> read_icmpv6(Bytes icmp, Frame frame) {
  constexpr std::size_t kTargetAt = 8;
  constexpr std::uint8_t kRouter = 134, kSolicitation = 135, kAdvertisement = 136, kRedirect = 137;
  if (icmp.empty()) return frame;
  if (icmp[0] == kRouter) frame.kind = Kind::router_advertisement;
  if (icmp[0] == kRedirect) frame.kind = Kind::redirect;
  if (icmp[0] != kSolicitation && icmp[0] != kAdvertisement) return frame;
  if (icmp.size() < kTargetAt + 16) return {};
  frame.kind = icmp[0] == kSolicitation ? Kind::neighbour_solicitation : Kind::neighbour_advertisement;
  frame.target = address_at(icmp, kTargetAt, Family::ipv6);
  return frame;
}

struct Content {
  std::uint8_t protocol;
  Bytes bytes;
};

/// RFC 8200 4: steps over the headers that may stand between. Behind a later fragment nothing can be told.
Content inside(std::uint8_t next, Bytes rest) {
  for (int i = 0; i < kMostExtensions; ++i) {
    const bool is_fragment = next == IPPROTO_FRAGMENT;
    const bool is_option = next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_DSTOPTS;
    if (!is_fragment && !is_option) return {next, rest};
    if (rest.size() < 8) break;
    if (is_fragment && (number_at(rest, 2) & 0xfff8) != 0) break;
    const std::size_t size = is_fragment ? 8 : 8 * (std::size_t{rest[1]} + 1);
    if (size > rest.size()) break;
    next = rest[0];
    rest = rest.subspan(size);
  }
  return {IPPROTO_NONE, {}};
}

std::optional<Frame> read_ipv6(Bytes ip, Frame frame) {
  if (ip.size() < kIpv6 || ip[0] >> 4 != 6) return {};
  frame.kind = Kind::packet;
  frame.sender = address_at(ip, 8, Family::ipv6);
  frame.target = address_at(ip, 24, Family::ipv6);
  const Content content = inside(ip[6], ip.subspan(kIpv6));
  if (content.protocol == IPPROTO_ICMPV6) return read_icmpv6(content.bytes, frame);
  if (content.protocol == IPPROTO_UDP) return read_udp(content.bytes, frame);
  return frame;
}

}  // namespace

std::optional<Frame> read_frame(Bytes bytes) {
  if (bytes.size() < kEthernet) return {};
  Frame frame;
  frame.to_group = mac_at(bytes, 0).is_group();
  frame.source = mac_at(bytes, 6);
  const Bytes rest = bytes.subspan(kEthernet);
  switch (number_at(bytes, 12)) {
    case kTypeArp:
      return read_arp(rest, frame);
    case kTypeIpv4:
      return read_ipv4(rest, frame);
    case kTypeIpv6:
      return read_ipv6(rest, frame);
    case kTypePppoe:
      frame.kind = Kind::pppoe;
      return frame;
    default:
      return {};
  }
}

}  // namespace gw::watch
