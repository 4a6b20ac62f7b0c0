#include "ear.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "model/accounts.h"
#include "packet_socket.h"
#include "sys/namespaces.h"

namespace gw::supervisor {
namespace {

using model::Family;
using model::IpAddress;
using model::LanSegment;
using model::Prefix;
using Program = std::vector<sock_filter>;

constexpr std::uint32_t kTake = 512, kLeave = 0;
constexpr int kRoom = 256 * 1024;

// Where things stand in a frame.
constexpr std::uint32_t kTypeAt = 12, kIpAt = ETH_HLEN;
constexpr std::uint32_t kIpv4Fragment = kIpAt + 6, kIpv4Protocol = kIpAt + 9, kIpv4Source = kIpAt + 12,
                        kIpv4Target = kIpAt + 16;
constexpr std::uint32_t kIpv6Next = kIpAt + 6, kIpv6Source = kIpAt + 8, kIpv6Target = kIpAt + 24,
                        kIpv6Content = kIpAt + 40;

constexpr sock_filter load(std::uint16_t size, std::uint32_t at) {
  return BPF_STMT(static_cast<std::uint16_t>(BPF_LD | size | BPF_ABS), at);
}
constexpr sock_filter answer(std::uint32_t bytes) { return BPF_STMT(BPF_RET | BPF_K, bytes); }
constexpr sock_filter mask(std::uint32_t bits) { return BPF_STMT(BPF_ALU | BPF_AND | BPF_K, bits); }
constexpr std::uint32_t about(int fact) { return static_cast<std::uint32_t>(SKF_AD_OFF + fact); }

/// Puts `inner` there, entered only if the accumulator is `value`.
void where_equal(Program& program, std::uint32_t value, const Program& inner) {
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0));
  program.push_back(BPF_STMT(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(inner.size())));
  program.insert(program.end(), inner.begin(), inner.end());
}
void add(Program& program, const Program& part) { program.insert(program.end(), part.begin(), part.end()); }
Program answered(std::uint32_t bytes) { return {answer(bytes)}; }

std::uint32_t word_of(const IpAddress& address, std::size_t word) {
  const auto* octets = address.octets().data() + 4 * word;
  return std::uint32_t{octets[0]} << 24 | std::uint32_t{octets[1]} << 16 | std::uint32_t{octets[2]} << 8 |
         octets[3];
}

/// Leaves the frame if the address that stands at `at` lies in the prefix.
Program leave_within(const Prefix& prefix, std::uint32_t at) {
  const Prefix network = prefix.network();
  Program out = answered(kLeave);
  for (std::size_t word = (network.length + 31u) / 32u; word-- > 0;) {  // the last word is the innermost
    const unsigned bits = std::min(32u, network.length - 32u * static_cast<unsigned>(word));
    Program test{load(BPF_W, at + 4 * static_cast<std::uint32_t>(word))};
    if (bits < 32) test.push_back(mask(~0u << (32 - bits)));
    where_equal(test, word_of(network.address, word), out);
    out = std::move(test);
  }
  return out;
}

std::vector<Prefix> prefixes_of(const std::vector<LanSegment>& segments, Family family) {
  std::vector<Prefix> out;
  for (const LanSegment& segment : segments)
    for (const Prefix& prefix : segment.addresses)
      if (prefix.address.family() == family) out.push_back(prefix);
  return out;
}

/// To a group: of interest if the source is strange. To the box alone: if the target is not the box.
Program strangers(const std::vector<Prefix>& own, const std::vector<Prefix>& everywhere, std::uint32_t source,
                  std::uint32_t target) {
  Program to_box;
  for (const Prefix& prefix : own)
    add(to_box, leave_within({prefix.address, static_cast<std::uint8_t>(prefix.address.width())}, target));
  for (const Prefix& prefix : everywhere) add(to_box, leave_within(prefix, target));
  to_box.push_back(answer(kTake));
  Program to_group;
  for (const Prefix& prefix : own) add(to_group, leave_within(prefix, source));
  for (const Prefix& prefix : everywhere) add(to_group, leave_within(prefix, source));
  to_group.push_back(answer(kTake));
  Program out{load(BPF_W, about(SKF_AD_PKTTYPE))};
  where_equal(out, PACKET_HOST, to_box);
  add(out, to_group);
  return out;
}

Program ipv4(const std::vector<LanSegment>& segments) {
  const Prefix link_local = *Prefix::parse("169.254.0.0/16"), nobody = *Prefix::parse("0.0.0.0/32");
  Program udp{load(BPF_H, kIpv4Fragment), mask(0x1fff)};
  Program first_part{BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, kIpAt),
                     BPF_STMT(BPF_LD | BPF_H | BPF_IND, kIpAt)};  // the source port
  where_equal(first_part, 67, answered(kTake));
  where_equal(udp, 0, first_part);
  Program out{load(BPF_B, kIpv4Protocol)};
  where_equal(out, IPPROTO_UDP, udp);
  add(out, strangers(prefixes_of(segments, Family::ipv4), {link_local, nobody}, kIpv4Source, kIpv4Target));
  return out;
}

Program ipv6(const std::vector<LanSegment>& segments) {
  const Prefix link_local = *Prefix::parse("fe80::/10"), nobody = *Prefix::parse("::/128");
  Program icmp{load(BPF_B, kIpv6Content)};
  for (std::uint32_t type = 133; type <= 137; ++type) where_equal(icmp, type, answered(kTake));
  Program udp{load(BPF_H, kIpv6Content)};
  where_equal(udp, 547, answered(kTake));
  Program out{load(BPF_B, kIpv6Next)};
  for (const int hides : {IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT, IPPROTO_DSTOPTS})
    where_equal(out, static_cast<std::uint32_t>(hides), answered(kTake));  // RFC 7113
  where_equal(out, IPPROTO_ICMPV6, icmp);
  // Whichever of the two was entered has another accumulator now, and goes on below.
  out.push_back(load(BPF_B, kIpv6Next));
  where_equal(out, IPPROTO_UDP, udp);
  add(out, strangers(prefixes_of(segments, Family::ipv6), {link_local, nobody}, kIpv6Source, kIpv6Target));
  return out;
}

}  // namespace

Program ear_filter(const std::vector<LanSegment>& segments) {
  Program out{load(BPF_W, about(SKF_AD_PKTTYPE))};
  for (const std::uint32_t kind : {PACKET_OUTGOING, PACKET_OTHERHOST, PACKET_LOOPBACK})
    where_equal(out, kind, answered(kLeave));
  // A VLAN's frame comes again, without its tag, on the VLAN's own interface.
  out.push_back(load(BPF_W, about(SKF_AD_VLAN_TAG_PRESENT)));
  where_equal(out, 1, answered(kLeave));
  out.push_back(load(BPF_H, kTypeAt));
  where_equal(out, ETH_P_ARP, answered(kTake));
  where_equal(out, ETH_P_PPP_DISC, answered(kTake));
  where_equal(out, ETH_P_IP, ipv4(segments));
  where_equal(out, ETH_P_IPV6, ipv6(segments));
  out.push_back(answer(kLeave));
  return out;
}

Result<UniqueFd> open_ear(const Grounds& grounds, const std::vector<LanSegment>& segments) {
  constexpr SocketOption kOptions[] = {{SOL_SOCKET, SO_RCVBUF, kRoom},
                                       {SOL_PACKET, PACKET_IGNORE_OUTGOING, 1}};
  GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(*grounds.network(Ground::lan)));
  return open_packet_socket(model::kLanWatchAccount, ear_filter(segments), kOptions);
}

}  // namespace gw::supervisor
