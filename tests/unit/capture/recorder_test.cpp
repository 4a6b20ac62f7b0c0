// Which frames are kept, and as what.

#include "capture/recorder.h"

#include <gmock/gmock.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include "unit/capture/frames.h"

namespace gw::capture {
namespace {

constexpr std::size_t kFileHead = 24, kRecordHead = 16;
const Octets kTcp = link(ETH_P_IP) + ipv4(IPPROTO_TCP) + tcp();
const Octets kTcp6 = link(ETH_P_IPV6) + ipv6(IPPROTO_TCP) + tcp();

model::CaptureWish wish_for(const char* host, std::uint16_t port = 0) {
  model::CaptureWish out{"lan0", std::chrono::seconds{1}, {}, port};
  if (host != nullptr) out.host = *model::IpAddress::parse(host);
  return out;
}

std::uint64_t taken(const model::CaptureWish& wish, const Octets& frame) {
  Recorder recorder(wish);
  recorder.take({std::chrono::nanoseconds{1}, frame, frame.size()});
  return recorder.frames();
}

TEST(Recorder, keeps_the_heads_with_the_time_and_the_whole_length) {
  using namespace std::chrono_literals;
  Recorder recorder(wish_for(nullptr));
  const Octets frame = kTcp + kPayload;
  recorder.take({1'800'000'000s + 5ns, frame, 1515});
  const Bytes file = recorder.file();
  ASSERT_EQ(file.size(), kFileHead + kRecordHead + kTcp.size());
  const Octets head(file.begin(), file.begin() + kFileHead);
  EXPECT_EQ(head,
            (Octets{0x4d, 0x3c, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0}));
  const Octets record(file.begin() + kFileHead, file.begin() + kFileHead + kRecordHead);
  EXPECT_EQ(record, (Octets{0x00, 0xd2, 0x49, 0x6b, 5, 0, 0, 0, 54, 0, 0, 0, 0xeb, 5, 0, 0}));
  EXPECT_EQ(std::find(file.begin(), file.end(), kPayload[0]), file.end());
}

TEST(Recorder, takes_either_end_of_whoever_is_asked_for) {
  EXPECT_EQ(taken(wish_for("10.1.0.9"), kTcp), 1u);
  EXPECT_EQ(taken(wish_for("10.1.0.1"), kTcp), 1u);
  EXPECT_EQ(taken(wish_for("10.1.0.2"), kTcp), 0u);
  EXPECT_EQ(taken(wish_for("fd00::9"), kTcp), 0u);
  EXPECT_EQ(taken(wish_for("fd00::9"), kTcp6), 1u);
}

TEST(Recorder, takes_either_port_and_both_conditions_hold_together) {
  EXPECT_EQ(taken(wish_for(nullptr, 443), kTcp), 1u);
  EXPECT_EQ(taken(wish_for(nullptr, 40'000), kTcp6), 1u);
  EXPECT_EQ(taken(wish_for(nullptr, 53), kTcp), 0u);
  EXPECT_EQ(taken(wish_for("10.1.0.9", 443), kTcp), 1u);
  EXPECT_EQ(taken(wish_for("10.1.0.9", 53), kTcp), 0u);
  EXPECT_EQ(taken(wish_for("10.1.0.2", 443), kTcp), 0u);
}

TEST(Recorder, who_asks_for_whom_by_arp_belongs_to_a_host_and_to_no_port) {
  const Octets frame = link(ETH_P_ARP) + arp();
  EXPECT_EQ(taken(wish_for("10.1.0.9"), frame), 1u);
  EXPECT_EQ(taken(wish_for("10.1.0.1"), frame), 1u);
  EXPECT_EQ(taken(wish_for("10.1.0.2"), frame), 0u);
  EXPECT_EQ(taken(wish_for(nullptr, 443), frame), 0u);
  EXPECT_EQ(taken(wish_for(nullptr), frame), 1u);
}

TEST(Recorder, who_asks_for_a_neighbour_in_ipv6_belongs_to_a_host) {
  Octets solicitation(24, 0);
  solicitation[0] = 135, solicitation[8] = 0xfd, solicitation[23] = 7;  // fd00::7
  const Octets frame = link(ETH_P_IPV6) + ipv6(IPPROTO_ICMPV6) + solicitation;
  EXPECT_EQ(taken(wish_for("fd00::7"), frame), 1u);
  EXPECT_EQ(taken(wish_for("fd00::8"), frame), 0u);
}

TEST(Recorder, puts_the_tag_back_where_it_stood) {
  Recorder recorder(wish_for("10.1.0.9", 443));
  recorder.take({std::chrono::nanoseconds{1}, kTcp, kTcp.size(), 0x8100'0014});
  const Bytes frame = recorder.file().subspan(kFileHead + kRecordHead);
  EXPECT_EQ(frame.size(), kTcp.size() + 4);
  EXPECT_EQ(Octets(frame.begin() + 12, frame.begin() + 18), (Octets{0x81, 0, 0, 0x14, 8, 0}));
  EXPECT_TRUE(holds_heads_alone(recorder.file()));
}

TEST(PcapFile, that_holds_anything_else_is_none) {
  Recorder recorder(wish_for(nullptr));
  recorder.take({std::chrono::nanoseconds{1}, kTcp, 1500});
  recorder.take({std::chrono::nanoseconds{2}, kTcp6, 1500});
  const Octets whole(recorder.file().begin(), recorder.file().end());
  ASSERT_TRUE(holds_heads_alone(whole));
  for (const std::size_t size : {std::size_t{0}, std::size_t{23}, std::size_t{30}, whole.size() - 1})
    EXPECT_FALSE(holds_heads_alone(Bytes(whole).first(size))) << size;
  EXPECT_TRUE(holds_heads_alone(Bytes(whole).first(kFileHead))) << "an empty one";
  PcapFile more(4096);
  const Octets frame = kTcp + kPayload;
  ASSERT_TRUE(more.add(std::chrono::nanoseconds{1}, frame, frame.size()));
  EXPECT_FALSE(holds_heads_alone(more.octets()));
  Octets longer = whole;
  longer[kFileHead + 8] = 255;
  EXPECT_FALSE(holds_heads_alone(longer));
}

TEST(Recorder, stops_when_the_file_is_full) {
  Recorder recorder(wish_for(nullptr));
  const std::uint64_t room = (model::kMaxCapture - kFileHead) / (kRecordHead + kTcp.size());
  for (std::uint64_t i = 0; i < room + 5; ++i)
    recorder.take({std::chrono::nanoseconds{1}, kTcp, kTcp.size()});
  EXPECT_TRUE(recorder.is_full());
  EXPECT_EQ(recorder.frames(), room);
  EXPECT_LE(recorder.file().size(), model::kMaxCapture);
}

}  // namespace
}  // namespace gw::capture
