#include "capture/heads.h"

#include <linux/if_ether.h>
#include <netinet/in.h>

#include <algorithm>

#include "watch/octets.h"

namespace gw::capture {
namespace {

using watch::number_at;

constexpr std::size_t kAddresses = 2 * ETH_ALEN, kType = 2, kTag = 4;
constexpr std::size_t kArp = 28, kIpv4 = 20, kIpv6 = 40, kFragment = 8, kTcp = 20, kUdp = 8, kIcmp = 8;
constexpr std::uint16_t kFragmentOffset = 0x1fff, kFragmentOffset6 = 0xfff8;
constexpr int kMostTags = 2;

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

/// What follows IP, and begins there.
Heads transport(std::uint8_t protocol, Bytes bytes, bool is_ipv6) {
  Heads out;
  if (protocol == IPPROTO_TCP) out.length = tcp(bytes);
  if (protocol == IPPROTO_UDP) out.length = whole(bytes, kUdp);
  if (protocol == IPPROTO_ICMP && !is_ipv6) out.length = whole(bytes, kIcmp);
  if (protocol == IPPROTO_ICMPV6 && is_ipv6) out.length = icmpv6(bytes);
  if ((protocol == IPPROTO_TCP || protocol == IPPROTO_UDP) && out.length != 0) {
    out.source_port = number_at(bytes, 0);
    out.destination_port = number_at(bytes, 2);
  }
  return out;
}

Heads behind(std::size_t length, Heads inner) {
  inner.length += length;
  return inner;
}

Heads ipv4(Bytes bytes) {
  if (bytes.size() < kIpv4 || bytes[0] >> 4 != 4) return {};
  const std::size_t length = std::size_t{4} * (bytes[0] & 0x0f);
  const std::size_t all = std::min<std::size_t>(number_at(bytes, 2), bytes.size());
  if (length < kIpv4 || length > all) return {};
  const bool begins_here = (number_at(bytes, 6) & kFragmentOffset) == 0;
  if (!begins_here) return {.length = length};
  return behind(length, transport(bytes[9], bytes.subspan(length, all - length), false));
}

Heads ipv6(Bytes bytes) {
  if (bytes.size() < kIpv6 || bytes[0] >> 4 != 6) return {};
  const Bytes content =
      bytes.subspan(kIpv6).first(std::min<std::size_t>(number_at(bytes, 4), bytes.size() - kIpv6));
  if (bytes[6] != IPPROTO_FRAGMENT) return behind(kIpv6, transport(bytes[6], content, true));
  if (content.size() < kFragment) return {.length = kIpv6};
  const bool begins_here = (number_at(content, 2) & kFragmentOffset6) == 0;
  if (!begins_here) return {.length = kIpv6 + kFragment};
  return behind(kIpv6 + kFragment, transport(content[0], content.subspan(kFragment), true));
}

}  // namespace

Heads read_heads(Bytes frame) {
  const Link link = link_of(frame);
  const Bytes rest = frame.subspan(link.length);
  Heads out;
  if (link.type == ETH_P_ARP) out.length = whole(rest, kArp);
  if (link.type == ETH_P_IP) out = ipv4(rest);
  if (link.type == ETH_P_IPV6) out = ipv6(rest);
  const bool is_ip = link.type == ETH_P_IP || link.type == ETH_P_IPV6;
  out.length += link.length;
  out.ip = is_ip ? link.length : frame.size();
  return out;
}

}  // namespace gw::capture
