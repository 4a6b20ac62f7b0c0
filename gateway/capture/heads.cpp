#include "capture/heads.h"

#include <linux/if_ether.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>

namespace gw::capture {
namespace {

constexpr std::size_t kAddresses = 2 * ETH_ALEN, kType = 2, kTag = 4;
constexpr std::size_t kArp = 28, kIpv4 = 20, kIpv6 = 40, kTcp = 20, kUdp = 8, kIcmp = 8;
constexpr std::uint16_t kFragmentOffset = 0x1fff, kFragmentOffset6 = 0xfff8;
constexpr int kMostTags = 2, kMostExtensions = 8;

std::uint16_t number_at(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

struct Link {
  std::uint16_t type = 0;  ///< zero: the frame is shorter than its head
  std::size_t length = 0;
};

Link link_of(Bytes frame) {
  std::size_t at = kAddresses;
  for (int tags = 0; at + kType <= frame.size(); ++tags) {
    const std::uint16_t type = number_at(frame, at);
    const bool is_tag = type == ETH_P_8021Q || type == ETH_P_8021AD;
    if (!is_tag || tags == kMostTags) return {type, at + kType};
    at += kTag;
  }
  return {};
}

/// All or nothing of it.
std::size_t whole(Bytes bytes, std::size_t length) { return bytes.size() < length ? 0 : length; }

std::size_t tcp(Bytes bytes) {
  if (bytes.size() < kTcp) return 0;
  const std::size_t length = std::size_t{4} * (bytes[12] >> 4);
  return length < kTcp ? 0 : whole(bytes, length);
}

/// What a neighbour is asked by: the target and nothing behind it.
std::size_t icmpv6(Bytes bytes) {
  struct Kind {
    std::uint8_t type;
    std::size_t length;
  };
  constexpr Kind kKinds[] = {{134, 16}, {135, 24}, {136, 24}, {137, 40}};
  if (bytes.empty()) return 0;
  const auto* kind = std::ranges::find(kKinds, bytes[0], &Kind::type);
  return whole(bytes, kind == std::end(kKinds) ? kIcmp : kind->length);
}

std::size_t transport(std::uint8_t protocol, Bytes bytes) {
  if (protocol == IPPROTO_TCP) return tcp(bytes);
  if (protocol == IPPROTO_UDP) return whole(bytes, kUdp);
  if (protocol == IPPROTO_ICMP) return whole(bytes, kIcmp);
  if (protocol == IPPROTO_ICMPV6) return icmpv6(bytes);
  return 0;
}

std::size_t ipv4(Bytes bytes) {
  if (bytes.size() < kIpv4 || bytes[0] >> 4 != 4) return 0;
  const std::size_t length = std::size_t{4} * (bytes[0] & 0x0f);
  if (length < kIpv4 || length > bytes.size()) return 0;
  const bool begins_here = (number_at(bytes, 6) & kFragmentOffset) == 0;
  return begins_here ? length + transport(bytes[9], bytes.subspan(length)) : length;
}

std::size_t ipv6(Bytes bytes) {
  if (bytes.size() < kIpv6 || bytes[0] >> 4 != 6) return 0;
  std::uint8_t next = bytes[6];
  std::size_t at = kIpv6;
  for (int i = 0; i < kMostExtensions; ++i) {
    const bool is_fragment = next == IPPROTO_FRAGMENT;
    if (!is_fragment && next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS)
      return at + transport(next, bytes.subspan(at));
    if (bytes.size() - at < 8) return at;
    const std::size_t length = is_fragment ? 8 : 8 * (std::size_t{bytes[at + 1]} + 1);
    if (length > bytes.size() - at) return at;
    const bool is_later_part = is_fragment && (number_at(bytes, at + 2) & kFragmentOffset6) != 0;
    next = bytes[at];
    at += length;
    if (is_later_part) return at;
  }
  return at;
}

}  // namespace

std::size_t length_of_heads(Bytes frame) {
  const Link link = link_of(frame);
  const Bytes rest = frame.subspan(link.length);
  if (link.type == ETH_P_ARP) return link.length + whole(rest, kArp);
  if (link.type == ETH_P_IP) return link.length + ipv4(rest);
  if (link.type == ETH_P_IPV6) return link.length + ipv6(rest);
  return link.length;
}

std::size_t ip_at(Bytes frame) {
  const Link link = link_of(frame);
  return link.type == ETH_P_IP || link.type == ETH_P_IPV6 ? link.length : frame.size();
}

}  // namespace gw::capture
