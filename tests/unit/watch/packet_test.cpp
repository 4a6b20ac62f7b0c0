#include "watch/packet.h"

#include <gtest/gtest.h>

#include <vector>

namespace gw::watch {
namespace {

using Octets = std::vector<std::uint8_t>;

Octets ipv4(std::uint8_t protocol, std::uint16_t fragment = 0) {
  Octets out = {0x45, 0, 0, 40, 0,  1, 0, 0, 64,   protocol, 0,    0,
                10,   1, 0, 9,  10, 1, 0, 1, 0x9c, 0x40,     0x01, 0xbb};
  out[6] = static_cast<std::uint8_t>(fragment >> 8);
  out[7] = static_cast<std::uint8_t>(fragment);
  return out;
}

Octets ipv6(std::uint8_t next) {
  Octets out(44, 0);
  out[0] = 0x60;
  out[6] = next;
  out[8] = out[24] = 0xfd;
  out[23] = 9;
  out[39] = 1;
  out[40] = 0x9c, out[41] = 0x40, out[42] = 0x01, out[43] = 0xbb;
  return out;
}

TEST(Packet, tells_both_ends_of_a_tcp_packet) {
  const auto packet = read_packet(ipv4(6));
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->protocol, 6);
  EXPECT_EQ(packet->source.to_text(), "10.1.0.9:40000");
  EXPECT_EQ(packet->destination.to_text(), "10.1.0.1:443");
}

TEST(Packet, tells_both_ends_in_ipv6) {
  const auto packet = read_packet(ipv6(17));
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->source.to_text(), "[fd00::9]:40000");
  EXPECT_EQ(packet->destination.to_text(), "[fd00::1]:443");
}

TEST(Packet, a_protocol_without_ports_has_none) {
  EXPECT_EQ(read_packet(ipv4(1))->destination.port, 0);
  EXPECT_EQ(read_packet(ipv6(58))->destination.port, 0);
}

TEST(Packet, a_later_fragment_has_no_ports) {
  EXPECT_EQ(read_packet(ipv4(17, 0x2000))->destination.port, 443) << "the first one carries them";
  EXPECT_EQ(read_packet(ipv4(17, 0x2001))->destination.port, 0);
}

TEST(Packet, options_of_ipv4_are_stepped_over) {
  Octets bytes = ipv4(6);
  bytes[0] = 0x46;
  bytes.insert(bytes.begin() + 20, {1, 1, 1, 1});
  EXPECT_EQ(read_packet(bytes)->destination.port, 443);
}

TEST(Packet, a_header_longer_than_the_packet_gives_no_ports) {
  Octets bytes = ipv4(6);
  bytes[0] = 0x4f;
  EXPECT_EQ(read_packet(bytes)->destination.port, 0);
  bytes[0] = 0x44;
  EXPECT_EQ(read_packet(bytes)->destination.port, 0) << "shorter than a header can be";
}

TEST(Packet, is_read_as_far_as_it_goes) {
  for (const Octets& whole : {ipv4(6), ipv6(6)})
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      const auto packet = read_packet(Bytes(whole).first(size));
      EXPECT_EQ(packet.has_value(), size >= whole.size() - 4) << size;
    }
  EXPECT_FALSE(read_packet(Octets(60, 0x55)));
}

TEST(ProtocolName, is_the_number_where_there_is_no_name) {
  EXPECT_EQ(protocol_name(6), "tcp");
  EXPECT_EQ(protocol_name(47), "47");
}

}  // namespace
}  // namespace gw::watch
