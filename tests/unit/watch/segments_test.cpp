#include "watch/segments.h"

#include <gtest/gtest.h>

#include "unit/watch/frames.h"

namespace gw::watch {
namespace {

using namespace tests;

constexpr Instant kStart{std::chrono::hours(1)};

std::vector<model::LanSegment> segments(model::SecondPath second_path = model::SecondPath::refuse_terminal) {
  model::LanSegment out;
  out.interface = "lan0";
  out.addresses = {*model::Prefix::parse("10.1.0.1/24")};
  out.second_path = second_path;
  return {out};
}

class SegmentsTest : public testing::Test {
 protected:
  Segments here;

  void SetUp() override { here.follow(segments()); }
  Segments::Heard hear(const Octets& bytes, Instant now = kStart, const std::string& interface = "lan0") {
    return here.hear(interface, *read_frame(bytes), now);
  }
};

TEST_F(SegmentsTest, a_second_path_is_told_and_refused_once_in_ten_minutes) {
  const Octets asks = arp(9, "10.1.0.9", "192.168.7.1");
  Segments::Heard heard = hear(asks);
  ASSERT_EQ(heard.told.size(), 1u);
  ASSERT_EQ(heard.refusals.size(), 1u);
  EXPECT_EQ(heard.refusals[0].source, ip("10.1.0.9"));
  heard = hear(asks);
  EXPECT_TRUE(heard.told.empty() && heard.refusals.empty());
  here.take(kStart + Tellings::kPeriod);
  EXPECT_EQ(hear(asks, kStart + Tellings::kPeriod).refusals.size(), 1u) << "it is restored and does it again";
}

TEST_F(SegmentsTest, a_terminal_whose_address_shows_later_is_refused_then) {
  EXPECT_TRUE(hear(arp(9, "192.168.7.2", "192.168.7.1")).refusals.empty());
  hear(arp(9, "10.1.0.9", "10.1.0.1"));
  EXPECT_EQ(hear(arp(9, "192.168.7.2", "192.168.7.1")).refusals.size(), 1u);
}

TEST_F(SegmentsTest, frames_of_an_interface_that_is_no_segments_say_nothing) {
  EXPECT_TRUE(hear(arp(9, "10.1.0.9", "192.168.7.1"), kStart, "lan1").told.empty());
}

TEST_F(SegmentsTest, who_was_heard_before_a_publication_is_known_after_it) {
  hear(arp(9, "10.1.0.9", "10.1.0.1"));
  here.follow(segments());
  ASSERT_EQ(hear(arp(8, "10.1.0.9", "10.1.0.1")).told.size(), 1u) << "two with one address";
}

TEST_F(SegmentsTest, a_segment_that_is_gone_is_heard_no_more) {
  here.follow({});
  EXPECT_TRUE(hear(arp(9, "10.1.0.9", "192.168.7.1")).told.empty());
}

TEST_F(SegmentsTest, a_flood_of_terminals_asks_for_a_bounded_number_of_refusals) {
  std::size_t asked = 0;
  for (unsigned i = 2; i < 1'000; ++i) {
    Octets bytes = arp(9, "10.1.0." + std::to_string(i % 256), "192.168.7.1");
    bytes[9] = static_cast<std::uint8_t>(i >> 8);
    bytes[11] = static_cast<std::uint8_t>(i);
    asked += hear(bytes).refusals.size();
  }
  EXPECT_LE(asked, Segments::kMostAsked);
}

}  // namespace
}  // namespace gw::watch
