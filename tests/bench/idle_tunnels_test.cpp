// Thousands of browsers leave tunnels open and say nothing: what each costs the box in memory.

#include <gtest/gtest.h>
#include <time.h>

#include <cstdio>

#include "bench/box_memory.h"
#include "bench/crowd.h"
#include "bench/tunnels.h"

namespace gw::bench {
namespace {

constexpr std::size_t kTunnels = 5'000, kAtOnce = 250;
constexpr std::int64_t kIdleBudget = 64 * 1024;  // what the product promises of an idle session
/// The terminal's end and both of the box's; the cloud's is parked.
constexpr std::size_t kDescriptors = 3 * kTunnels + 4 * kAtOnce + 256;
constexpr double kMostSeconds = 300;  // of CPU; without a sanitizer it takes eight

double cpu_now() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class IdleTunnels : public testing::Test {
 protected:
  IdleTunnels() {
    tunnels.box.around_turn = [this](bool begins) {
      if (begins)
        turn_.emplace();
      else
        turn_.reset();
    };
  }
  ~IdleTunnels() override { tunnels.box.around_turn = nullptr; }

  /// So many, in steps, each of which comes to stand or is told.
  void open_all(std::size_t count) {
    for (std::size_t left = count; left > 0;) {
      const std::size_t now = std::min(left, kAtOnce);
      ASSERT_TRUE(tunnels.open(now)) << "the " << tunnels.size() + 1 << "th tunnel does not come to stand";
      tunnels.park_clouds();
      left -= now;
      ASSERT_LT(cpu_now(), kMostSeconds) << tunnels.size() << " tunnels took so long";
    }
    tunnels.rest();
  }

  Tunnels tunnels;

 private:
  std::optional<BoxMemory::Turn> turn_;
};

TEST_F(IdleTunnels, five_thousand_hold_the_budget_of_a_session_each) {
  ASSERT_TRUE(BoxMemory::is_complete());
  ASSERT_GE(raise_descriptor_limit(), kDescriptors) << "this machine allows too few descriptors (ulimit -Hn)";
  ASSERT_NO_FATAL_FAILURE(open_all(8)) << "to have everything in place that is made once";
  const std::int64_t before = BoxMemory::held();
  ASSERT_NO_FATAL_FAILURE(open_all(kTunnels));
  const std::int64_t each = (BoxMemory::held() - before) / static_cast<std::int64_t>(kTunnels);
  std::printf("%zu idle tunnels: %lld bytes each\n", kTunnels, static_cast<long long>(each));
  RecordProperty("idle_tunnel", std::to_string(each));
  EXPECT_EQ(tunnels.box.count(EventId::session_closed), 0u) << "some did not stay";
  EXPECT_LE(each, kIdleBudget);
  EXPECT_GT(each, 2 * 1024) << "nothing was counted";
}

}  // namespace
}  // namespace gw::bench
