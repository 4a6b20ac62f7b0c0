#include "probe/frames.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace gw::probe {
namespace {

using model::IpAddress;

constexpr Cable kCable{{0x02, 0x53, 0x4b, 0, 0, 2}, {0x02, 0x53, 0x4b, 0, 0, 1}};
const IpAddress kFrom4 = *IpAddress::parse("169.254.83.75"), kTo4 = *IpAddress::parse("10.21.1.1");
const IpAddress kFrom6 = link_local(kCable.here), kTo6 = link_local(kCable.there);

/// RFC 1071: over a part that carries its own sum, the sum is all ones.
std::uint16_t sum_of(Bytes octets, std::uint32_t sum = 0) {
  for (std::size_t i = 0; i < octets.size(); i += 2)
    sum += static_cast<std::uint32_t>(octets[i] << 8) + (i + 1 < octets.size() ? octets[i + 1] : 0u);
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}
std::uint32_t pseudo_header(Bytes addresses, std::size_t size, std::uint8_t protocol) {
  return sum_of(addresses) + static_cast<std::uint32_t>(size) + protocol;
}
void expect_sums_fit(const EthernetFrame& frame) {
  const Bytes all(frame);
  const bool ipv4 = frame[12] == 0x08;
  const Bytes payload = all.subspan(ipv4 ? 34 : 54);
  const std::uint8_t protocol = frame[ipv4 ? 23 : 20];
  if (ipv4) {
    EXPECT_EQ(sum_of(all.subspan(14, 20)), 0xffff);
    EXPECT_EQ(static_cast<std::size_t>(frame[16] << 8 | frame[17]), frame.size() - 14);
  } else {
    EXPECT_EQ(static_cast<std::size_t>(frame[18] << 8 | frame[19]), payload.size());
  }
  if (ipv4 && protocol == 1) {
    EXPECT_EQ(sum_of(payload), 0xffff);
    return;
  }
  const Bytes addresses = ipv4 ? all.subspan(26, 8) : all.subspan(22, 32);
  EXPECT_EQ(sum_of(payload, pseudo_header(addresses, payload.size(), protocol)), 0xffff);
}

TEST(Frames, lengths_and_checksums_fit) {
  for (const auto& [from, to] : {std::pair{kFrom4, kTo4}, {kFrom6, kTo6}}) {
    expect_sums_fit(tcp_syn(kCable, {from, 47'000}, {to, 8443}));
    expect_sums_fit(udp_datagram(kCable, {from, 47'000}, {to, 53}));
    expect_sums_fit(echo_request(kCable, from, to));
  }
  expect_sums_fit(neighbour_solicitation(kCable, kFrom6, kTo6));
}

TEST(Frames, an_interface_calls_itself_by_its_hardware_address) {
  EXPECT_EQ(link_local(kCable.there).to_text(), "fe80::53:4bff:fe00:1");
}

TEST(Frames, noise_of_the_link_is_no_answer_and_everything_else_is) {
  EXPECT_EQ(answer_of(tcp_syn(kCable, {kFrom4, 1}, {kTo4, 2})), Answer::something);
  EXPECT_EQ(answer_of(tcp_syn(kCable, {kFrom6, 1}, {kTo6, 2})), Answer::something);
  EXPECT_EQ(answer_of(udp_datagram(kCable, {kFrom6, 1}, {kTo6, 2})), Answer::something);
  EXPECT_EQ(answer_of(echo_request(kCable, kFrom6, kTo6)), Answer::something);
  EXPECT_EQ(answer_of(neighbour_solicitation(kCable, kFrom6, kTo6)), Answer::none);
  EthernetFrame advertisement = neighbour_solicitation(kCable, kFrom6, kTo6);
  advertisement[54] = 136;
  EXPECT_EQ(answer_of(advertisement), Answer::alive);
}

TEST(Frames, a_frame_that_ends_anywhere_is_read_within_its_bounds) {
  for (const EthernetFrame& whole :
       {tcp_syn(kCable, {kFrom6, 1}, {kTo6, 2}), neighbour_solicitation(kCable, kFrom6, kTo6)})
    for (std::size_t size = 0; size <= whole.size(); ++size)
      answer_of(EthernetFrame(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
}

}  // namespace
}  // namespace gw::probe
