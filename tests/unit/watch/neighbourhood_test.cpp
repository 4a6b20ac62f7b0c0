#include "watch/neighbourhood.h"

#include <gtest/gtest.h>

#include "unit/watch/frames.h"

namespace gw::watch {
namespace {

using namespace tests;
using std::chrono::seconds;

constexpr Instant kStart{std::chrono::hours(1)};
const model::IpAddress kDesk = ip("10.1.0.11");

TEST(Neighbourhood, one_who_repeats_itself_is_one) {
  Neighbourhood neighbourhood;
  EXPECT_FALSE(neighbourhood.claim(kDesk, mac(1), kStart));
  EXPECT_FALSE(neighbourhood.claim(kDesk, mac(1), kStart + seconds(1)));
}

TEST(Neighbourhood, two_that_claim_one_address_are_noticed_at_each_claim) {
  Neighbourhood neighbourhood;
  neighbourhood.claim(kDesk, mac(1), kStart);
  EXPECT_TRUE(neighbourhood.claim(kDesk, mac(2), kStart + seconds(1)));
  EXPECT_TRUE(neighbourhood.claim(kDesk, mac(1), kStart + seconds(2)));
}

TEST(Neighbourhood, an_address_that_changed_hands_long_ago_is_no_conflict) {
  Neighbourhood neighbourhood;
  neighbourhood.claim(kDesk, mac(1), kStart);
  EXPECT_FALSE(neighbourhood.claim(kDesk, mac(2), kStart + Neighbourhood::kTogether));
}

TEST(Neighbourhood, nobody_has_alone_what_another_claimed_within_ten_minutes) {
  Neighbourhood neighbourhood;
  neighbourhood.claim(kDesk, mac(1), kStart);
  EXPECT_EQ(neighbourhood.alone(mac(1), kStart, 4), std::vector{kDesk});
  neighbourhood.claim(kDesk, mac(2), kStart);
  EXPECT_TRUE(neighbourhood.alone(mac(1), kStart, 4).empty());
  EXPECT_TRUE(neighbourhood.alone(mac(2), kStart, 4).empty());
  EXPECT_EQ(neighbourhood.alone(mac(2), kStart + Neighbourhood::kDoubt, 4), std::vector{kDesk});
}

TEST(Neighbourhood, a_flood_costs_bounded_memory_and_forgets_whoever_was_quiet_longest) {
  Neighbourhood neighbourhood;
  neighbourhood.claim(kDesk, mac(1), kStart);
  neighbourhood.claim(ip("10.1.0.12"), mac(2), kStart);
  neighbourhood.claim(kDesk, mac(1), kStart);
  for (unsigned i = 0; i < Neighbourhood::kMost - 1; ++i)
    neighbourhood.claim(ip("10.2." + std::to_string(i / 256) + "." + std::to_string(i % 256)), mac(3),
                        kStart);
  EXPECT_EQ(neighbourhood.size(), Neighbourhood::kMost);
  EXPECT_EQ(neighbourhood.alone(mac(1), kStart, 4), std::vector{kDesk});
  EXPECT_TRUE(neighbourhood.alone(mac(2), kStart, 4).empty());
}

TEST(Neighbourhood, an_interface_with_many_addresses_is_told_a_few) {
  Neighbourhood neighbourhood;
  for (int i = 1; i < 20; ++i) neighbourhood.claim(ip("10.1.0." + std::to_string(i)), mac(1), kStart);
  EXPECT_EQ(neighbourhood.alone(mac(1), kStart, 4).size(), 4u);
}

}  // namespace
}  // namespace gw::watch
