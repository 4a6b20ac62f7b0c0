#include "spool/pace.h"

#include <gtest/gtest.h>

namespace gw::spool {
namespace {

using namespace std::chrono_literals;
constexpr Instant kStart{std::chrono::hours(1)};

TEST(PaceTest, begins_with_what_may_go_at_once) {
  Pace pace(100, 1'000, kStart);
  EXPECT_EQ(pace.allowance(kStart), 1'000u);
  pace.spend(999);
  EXPECT_EQ(pace.allowance(kStart), 1u);
  pace.spend(50);
  EXPECT_EQ(pace.allowance(kStart), 0u);
}

TEST(PaceTest, fills_with_time_and_never_above_its_brim) {
  Pace pace(100, 1'000, kStart);
  pace.spend(1'000);
  EXPECT_EQ(pace.allowance(kStart + 1s), 100u);
  EXPECT_EQ(pace.allowance(kStart + 9s), 900u);
  EXPECT_EQ(pace.allowance(kStart + 24h * 3650), 1'000u);
}

TEST(PaceTest, many_short_looks_earn_as_much_as_a_long_one) {
  Pace pace(100, 1'000, kStart);
  pace.spend(1'000);
  for (auto now = kStart; now < kStart + 5s; now += 3ms) pace.allowance(now);
  EXPECT_NEAR(static_cast<double>(pace.allowance(kStart + 5s)), 500, 1);
}

TEST(PaceTest, a_clock_that_stands_still_earns_nothing) {
  Pace pace(100, 1'000, kStart);
  pace.spend(1'000);
  EXPECT_EQ(pace.allowance(kStart - 1s), 0u);
  EXPECT_EQ(pace.allowance(kStart), 0u);
}

}  // namespace
}  // namespace gw::spool
