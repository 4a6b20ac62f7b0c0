#include "watch/frame.h"

#include <gtest/gtest.h>

#include "support/mutations.h"
#include "unit/watch/frames.h"

namespace gw::watch {
namespace {

using namespace tests;
using Kind = Frame::Kind;

constexpr std::uint8_t kUdp = 17, kIcmpv6 = 58, kHopByHop = 0, kFragment = 44;

TEST(FrameOf, arp_tells_who_asks_for_whom) {
  const auto frame = read_frame(arp(9, "10.1.0.9", "10.1.0.1"));
  ASSERT_TRUE(frame);
  EXPECT_EQ(*frame, (Frame{Kind::arp, mac(9), true, ip("10.1.0.9"), ip("10.1.0.1")}));
}

TEST(FrameOf, arp_is_its_senders_whatever_it_says_inside) {
  Octets bytes = arp(9, "10.1.0.9", "10.1.0.1");
  bytes[14 + 13] = 77;  // the interface it claims to speak for
  EXPECT_EQ(read_frame(bytes)->source, mac(9));
}

TEST(FrameOf, arp_for_anything_but_ipv4_is_none_of_ours) {
  Octets bytes = arp(9, "10.1.0.9", "10.1.0.1");
  bytes[14 + 5] = 16;
  EXPECT_FALSE(read_frame(bytes));
}

TEST(FrameOf, a_dhcp_offer_names_its_server_and_its_router) {
  for (const std::uint8_t type : {std::uint8_t{2}, std::uint8_t{5}}) {
    const auto frame =
        read_frame(ipv4(9, kUdp, "10.1.0.9", "255.255.255.255", udp(67, dhcp(2, type, "10.1.0.254"))));
    ASSERT_TRUE(frame);
    EXPECT_EQ(*frame, (Frame{Kind::dhcp_answer, mac(9), true, ip("10.1.0.9"), ip("10.1.0.254")}));
  }
}

TEST(FrameOf, a_dhcp_question_a_refusal_and_another_port_are_no_servers_word) {
  for (const Octets& content : {udp(67, dhcp(1, 1)), udp(67, dhcp(2, 6)), udp(68, dhcp(2, 2))})
    EXPECT_EQ(read_frame(ipv4(9, kUdp, "10.1.0.9", "255.255.255.255", content))->kind, Kind::packet);
}

TEST(FrameOf, options_that_run_past_the_end_are_not_read) {
  Octets message = dhcp(2, 2, "10.1.0.254");
  message[message.size() - 6] = 200;  // the router option's length
  EXPECT_EQ(read_frame(ipv4(9, kUdp, "10.1.0.9", "255.255.255.255", udp(67, message)))->target,
            ip("0.0.0.0"));
}

TEST(FrameOf, a_dhcpv6_servers_word_is_one) {
  const auto answer = [](std::uint8_t type) {
    return read_frame(ipv6(9, kUdp, "fe80::9", "fe80::7", udp(547, {type, 0, 0, 1}), false))->kind;
  };
  EXPECT_EQ(answer(2), Kind::dhcp_answer);
  EXPECT_EQ(answer(7), Kind::dhcp_answer);
  EXPECT_EQ(answer(1), Kind::packet);
}

TEST(FrameOf, neighbour_discovery_tells_its_kind_and_target) {
  const auto kind = [](std::uint8_t type) {
    return read_frame(ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(type, "fd00::1")));
  };
  EXPECT_EQ(kind(134)->kind, Kind::router_advertisement);
  EXPECT_EQ(kind(135)->kind, Kind::neighbour_solicitation);
  EXPECT_EQ(kind(135)->target, ip("fd00::1"));
  EXPECT_EQ(kind(136)->kind, Kind::neighbour_advertisement);
  EXPECT_EQ(kind(137)->kind, Kind::redirect);
  EXPECT_EQ(kind(143)->kind, Kind::packet);
}

TEST(FrameOf, an_announcement_does_not_hide_behind_extension_headers) {  // RFC 7113
  Octets hidden = {kIcmpv6, 0, 1, 4, 0, 0, 0, 0};
  const Octets icmp = icmpv6(134);
  hidden.insert(hidden.end(), icmp.begin(), icmp.end());
  EXPECT_EQ(read_frame(ipv6(9, kHopByHop, "fe80::9", "ff02::1", hidden))->kind, Kind::router_advertisement);
  EXPECT_EQ(read_frame(ipv6(9, kFragment, "fe80::9", "ff02::1", hidden))->kind, Kind::packet)
      << "a later fragment: bits 1 and 4 are its offset";
  hidden[2] = hidden[3] = 0;
  EXPECT_EQ(read_frame(ipv6(9, kFragment, "fe80::9", "ff02::1", hidden))->kind, Kind::router_advertisement);
}

TEST(FrameOf, extension_headers_without_end_are_not_followed) {
  Octets chain;
  for (int i = 0; i < 9; ++i) chain.insert(chain.end(), {kHopByHop, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(read_frame(ipv6(9, kHopByHop, "fe80::9", "ff02::1", chain))->kind, Kind::packet);
}

TEST(FrameOf, a_dial_up_session_is_recognised_by_its_type_alone) {
  EXPECT_EQ(read_frame(ethernet(9, 0x8863))->kind, Kind::pppoe);
  EXPECT_FALSE(read_frame(ethernet(9, 0x88cc)));
}

TEST(FrameOf, a_packet_tells_whether_it_was_for_everybody) {
  EXPECT_TRUE(read_frame(ipv4(9, 6, "10.1.0.9", "10.1.0.255"))->to_group);
  EXPECT_FALSE(read_frame(ipv4(9, 6, "10.1.0.9", "198.51.100.1", {}, false))->to_group);
}

TEST(FrameOf, whatever_is_cut_off_or_changed_is_read_as_far_as_it_goes) {
  const Octets seeds[] = {arp(9, "10.1.0.9", "10.1.0.1"),
                          ipv4(9, kUdp, "10.1.0.9", "255.255.255.255", udp(67, dhcp(2, 2, "10.1.0.254"))),
                          ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(135, "fd00::1")),
                          ipv6(9, kUdp, "fe80::9", "fe80::7", udp(547, {2, 0, 0, 1}))};
  for (const Octets& seed : seeds) {
    const auto whole = read_frame(seed);
    support::for_each_cut(seed, [&](const Octets& bytes) {
      const auto frame = read_frame(bytes);
      if (frame) {
        EXPECT_EQ(frame->source, whole->source);
      }
    });
    support::for_each_change(seed, [](const Octets& bytes) { static_cast<void>(read_frame(bytes)); });
  }
}

}  // namespace
}  // namespace gw::watch
