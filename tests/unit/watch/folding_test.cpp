#include "watch/folding.h"

#include <gtest/gtest.h>

#include "unit/watch/refusals.h"

namespace gw::watch {
namespace {

using tests::refused;

constexpr Instant kStart{std::chrono::hours(1)};
constexpr auto kLater = kStart + Folding::kPeriod;

TEST(Folding, writes_the_first_of_a_kind_and_counts_the_others) {
  Folding folding;
  EXPECT_TRUE(folding.first(refused("10.1.0.1", 22, 40'000), kStart));
  for (std::uint16_t port = 40'001; port < 40'101; ++port)
    EXPECT_FALSE(folding.first(refused("10.1.0.1", 22, port), kStart));
  EXPECT_TRUE(folding.take(kLater - std::chrono::seconds(1)).kinds.empty()) << "the minute is not over";
  const Folding::Sums sums = folding.take(kLater);
  ASSERT_EQ(sums.kinds.size(), 1u);
  EXPECT_EQ(sums.kinds[0].count, 100u);
  EXPECT_EQ(sums.kinds[0].refusal.packet.destination.port, 22);
}

TEST(Folding, a_kind_that_came_once_needs_no_sum) {
  Folding folding;
  folding.first(refused("10.1.0.1", 22), kStart);
  EXPECT_TRUE(folding.take(kLater).kinds.empty());
}

TEST(Folding, another_port_address_rule_or_interface_is_another_kind) {
  Folding folding;
  Refusal other = refused("10.1.0.1", 22);
  EXPECT_TRUE(folding.first(other, kStart));
  EXPECT_TRUE(folding.first(refused("10.1.0.1", 23), kStart));
  EXPECT_TRUE(folding.first(refused("10.1.0.2", 22), kStart));
  other.rule = "spoofed";
  EXPECT_TRUE(folding.first(other, kStart));
  other.interface = "lan1";
  EXPECT_TRUE(folding.first(other, kStart));
}

TEST(Folding, a_flood_of_kinds_costs_bounded_memory_and_bounded_records) {
  Folding folding;
  std::size_t written = 0;
  for (std::uint32_t port = 1; port <= 65'535; ++port)
    written += folding.first(refused("10.1.0.1", static_cast<std::uint16_t>(port)), kStart) ? 1 : 0;
  EXPECT_EQ(written, Folding::kMostKinds);
  const Folding::Sums sums = folding.take(kLater);
  EXPECT_TRUE(sums.kinds.empty());
  EXPECT_EQ(sums.others, 65'535u - Folding::kMostKinds);
}

TEST(Folding, the_next_minute_begins_afresh) {
  Folding folding;
  folding.first(refused("10.1.0.1", 22), kStart);
  folding.take(kLater);
  EXPECT_TRUE(folding.first(refused("10.1.0.1", 22), kLater));
}

}  // namespace
}  // namespace gw::watch
