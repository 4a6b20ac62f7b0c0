// What of a frame is heads: nothing that people send each other may get into a file (DEM-03).

#include "capture/heads.h"

#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include <random>

#include "unit/capture/frames.h"

namespace gw::capture {
namespace {

struct Row {
  const char* name;
  Octets heads;
  Octets behind = kPayload;
};

/// Shorter, as it says, than its own head.
Octets false_ipv4() {
  Octets out = ipv4(IPPROTO_TCP);
  out[2] = 0, out[3] = 19;
  return out;
}

std::vector<Row> rows() {
  const Octets later{IPPROTO_UDP, 0, 0, 9, 0, 0, 0, 1}, first{IPPROTO_UDP, 0, 0, 1, 0, 0, 0, 1};
  const Octets hop{IPPROTO_TCP, 0, 1, 4, 0, 0, 0, 0};
  Octets solicitation(24, 0), echo(8, 0), echo6(8, 0);
  solicitation[0] = 135, echo[0] = 8, echo6[0] = 128;
  return {
      {"tcp", link(ETH_P_IP) + ipv4(IPPROTO_TCP) + tcp()},
      {"tcp_with_options", link(ETH_P_IP) + ipv4(IPPROTO_TCP) + tcp(15)},
      {"tcp_behind_ip_options", link(ETH_P_IP) + ipv4(IPPROTO_TCP, 0, Octets(8, 1)) + tcp()},
      {"udp", link(ETH_P_IP) + ipv4(IPPROTO_UDP) + udp()},
      {"icmp", link(ETH_P_IP) + ipv4(IPPROTO_ICMP) + echo},
      {"a_later_fragment", link(ETH_P_IP) + ipv4(IPPROTO_TCP, 0x2001)},
      {"a_protocol_that_nobody_knows", link(ETH_P_IP) + ipv4(99)},
      {"a_vlan", link(ETH_P_8021Q) + Octets{0, 5, 8, 0} + ipv4(IPPROTO_TCP) + tcp()},
      {"a_vlan_in_a_vlan",
       link(ETH_P_8021AD) + Octets{0, 5, 0x81, 0, 0, 6, 8, 0} + ipv4(IPPROTO_TCP) + tcp()},
      {"three_vlans", link(ETH_P_8021AD) + Octets{0, 5, 0x81, 0, 0, 6, 0x81, 0}},
      {"tcp_in_ipv6", link(ETH_P_IPV6) + ipv6(IPPROTO_TCP) + tcp()},
      {"options_that_may_hold_anything", link(ETH_P_IPV6) + ipv6(IPPROTO_HOPOPTS), hop + tcp() + kPayload},
      {"an_empty_segment_and_what_fills_the_frame", link(ETH_P_IP) + ipv4(IPPROTO_TCP, 0, {}, 20) + tcp()},
      {"a_segment_that_ends_before_its_head", link(ETH_P_IP) + ipv4(IPPROTO_TCP, 0, {}, 8), tcp() + kPayload},
      {"a_packet_that_ends_before_itself", link(ETH_P_IP), false_ipv4() + kPayload},
      {"udp_in_ipv6_that_ends_before_its_head", link(ETH_P_IPV6) + ipv6(IPPROTO_UDP, 4), udp() + kPayload},
      {"icmpv6_in_ipv4", link(ETH_P_IP) + ipv4(IPPROTO_ICMPV6), solicitation + kPayload},
      {"the_first_fragment_in_ipv6", link(ETH_P_IPV6) + ipv6(IPPROTO_FRAGMENT) + first + udp()},
      {"a_later_fragment_in_ipv6", link(ETH_P_IPV6) + ipv6(IPPROTO_FRAGMENT) + later},
      {"a_neighbour_is_asked", link(ETH_P_IPV6) + ipv6(IPPROTO_ICMPV6) + solicitation},
      {"an_echo_in_ipv6", link(ETH_P_IPV6) + ipv6(IPPROTO_ICMPV6) + echo6},
      {"arp", link(ETH_P_ARP) + arp()},
      {"a_frame_of_another_kind", link(0x1234)},
      {"ipv4_that_is_none", link(ETH_P_IP), Octets(40, 0x65)},
      {"tcp_that_is_shorter_than_itself", link(ETH_P_IP) + ipv4(IPPROTO_TCP), Octets(40, 0x40)},
      {"tcp_whose_options_are_cut_off", link(ETH_P_IP) + ipv4(IPPROTO_TCP), Octets(20, 0xf0)},
  };
}

class HeadsTest : public testing::TestWithParam<Row> {};

TEST_P(HeadsTest, are_kept_and_nothing_behind_them) {
  const Octets frame = GetParam().heads + GetParam().behind;
  EXPECT_EQ(read_heads(frame).length, GetParam().heads.size());
}

INSTANTIATE_TEST_SUITE_P(Frames, HeadsTest, testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

TEST(Heads, of_a_frame_that_is_cut_off_anywhere_are_within_it_and_are_its_own) {
  for (const Row& row : rows())
    for (std::size_t size = 0; size <= row.heads.size(); ++size)
      EXPECT_LE(read_heads(Octets(row.heads.begin(), row.heads.begin() + static_cast<long>(size))).length,
                size)
          << row.name;
}

TEST(Heads, of_any_octets_are_within_them) {
  std::mt19937 dice(7);
  for (int i = 0; i < 200'000; ++i) {
    Octets frame(dice() % 160);
    for (std::uint8_t& octet : frame) octet = static_cast<std::uint8_t>(dice());
    const std::uint16_t kinds[] = {ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, ETH_P_8021Q};
    const std::uint16_t kind = kinds[dice() % 4];
    if (frame.size() >= 14)
      frame[12] = static_cast<std::uint8_t>(kind >> 8), frame[13] = static_cast<std::uint8_t>(kind);
    if (frame.size() > 14) frame[14] = kind == ETH_P_IP ? 0x45 : 0x60;
    ASSERT_LE(read_heads(frame).length, frame.size());
    ASSERT_LE(read_heads(frame).ip, frame.size());
  }
}

}  // namespace
}  // namespace gw::capture
