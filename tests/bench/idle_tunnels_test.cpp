// Thousands of browsers leave tunnels open and say nothing: what each costs the box in memory.

#include <gtest/gtest.h>

#include <cstdio>

#include "bench/box_memory.h"
#include "bench/crowd.h"
#include "bench/tunnels.h"

namespace gw::bench {
namespace {

constexpr std::size_t kTunnels = 5'000;
constexpr std::int64_t kIdleBudget = 64 * 1024;  // what the product promises of an idle session
constexpr std::size_t kDescriptorsEach = 4, kDescriptorsBesides = 256;

TEST(IdleTunnels, five_thousand_hold_the_budget_of_a_session_each) {
  const std::size_t count =
      std::min(kTunnels, (raise_descriptor_limit() - kDescriptorsBesides) / kDescriptorsEach);
  Tunnels tunnels;
  std::optional<BoxMemory::Turn> turn;
  tunnels.box.around_turn = [&](bool begins) {
    if (begins)
      turn.emplace();
    else
      turn.reset();
  };
  ASSERT_TRUE(BoxMemory::is_complete());
  ASSERT_TRUE(tunnels.open(8)) << "to have everything in place that is made once";
  tunnels.rest();
  const std::int64_t before = BoxMemory::held();
  ASSERT_TRUE(tunnels.open(count)) << tunnels.size();
  tunnels.rest();
  const std::int64_t each = (BoxMemory::held() - before) / static_cast<std::int64_t>(count);
  tunnels.box.around_turn = nullptr;
  std::printf("%zu idle tunnels: %lld bytes each\n", count, static_cast<long long>(each));
  RecordProperty("idle_tunnel", std::to_string(each));
  EXPECT_GE(count, 1'000u) << "this machine allows too few descriptors";
  EXPECT_LE(each, kIdleBudget);
  EXPECT_GT(each, 2 * 1024) << "nothing was counted";
}

}  // namespace
}  // namespace gw::bench
