// What a session costs the box in memory. The figures are printed, so that a change shows before it hurts.

#include <gtest/gtest.h>

#include <cstdio>

#include "bench/box_memory.h"
#include "bench/crowd.h"

namespace gw::bench {
namespace {

/// What the product promises of an idle session, and what no session may ever hold.
constexpr std::int64_t kIdleBudget = 64 * 1024;
constexpr std::int64_t kStalledBudget = 512 * 1024;

class SessionBudgetTest : public testing::Test {
 protected:
  SessionBudgetTest() {
    raise_descriptor_limit();
    crowd.box.around_turn = [this](bool begins) {
      if (begins)
        turn_.emplace();
      else
        turn_.reset();
    };
  }
  ~SessionBudgetTest() override { crowd.box.around_turn = nullptr; }
  void SetUp() override {
    ASSERT_TRUE(BoxMemory::is_complete());
    ASSERT_TRUE(crowd.open(8)) << "to have everything in place that is made once";
    crowd.rest();
  }
  /// Opens so many, lets them rest: what each has taken.
  std::int64_t cost_of(std::size_t count, Crowd::Certificates certificates) {
    const std::int64_t bytes = BoxMemory::held(), blocks = BoxMemory::blocks();
    EXPECT_TRUE(crowd.open(count, certificates));
    crowd.rest();
    const auto each = static_cast<std::int64_t>(count);
    blocks_each = (BoxMemory::blocks() - blocks) / each;
    return (BoxMemory::held() - bytes) / each;
  }
  void report(const char* what, std::int64_t bytes) {
    std::printf("%s: %lld bytes\n", what, static_cast<long long>(bytes));
    RecordProperty(what, std::to_string(bytes));
  }

  Crowd crowd;
  std::int64_t blocks_each = 0;

 private:
  std::optional<BoxMemory::Turn> turn_;
};

TEST_F(SessionBudgetTest, an_idle_session_holds_at_most_its_budget) {
  const std::int64_t own = cost_of(100, Crowd::Certificates::own);
  report("idle_session", own);
  std::printf("in %lld blocks\n", static_cast<long long>(blocks_each));
  EXPECT_LE(own, kIdleBudget);
  EXPECT_GT(own, 2 * 1024) << "nothing was counted";
}

TEST_F(SessionBudgetTest, a_session_that_was_busy_rests_as_small_as_one_that_never_was) {
  const std::int64_t quiet = cost_of(30, Crowd::Certificates::one);
  const std::string much(300'000, 'x');
  ASSERT_TRUE(crowd.carries(crowd[0], much)) << "the worker's own buffers grow to their size";
  const std::int64_t before = BoxMemory::held();
  for (std::size_t i = 0; i < crowd.size(); ++i) ASSERT_TRUE(crowd.carries(crowd[i], much)) << i;
  crowd.rest();
  const std::int64_t grown = (BoxMemory::held() - before) / static_cast<std::int64_t>(crowd.size());
  report("idle_session_of_a_shared_certificate", quiet);
  report("left_behind_by_traffic", grown);
  EXPECT_LE(grown, 256);
}

TEST_F(SessionBudgetTest, a_session_whose_cloud_does_not_read_holds_a_bounded_amount) {
  Crowd::Session& session = crowd[3];
  session.cloud.set_reading(false);
  const std::int64_t before = BoxMemory::held();
  session.terminal.send(std::string(30'000'000, 'x'));
  for (int i = 0; i < 3'000; ++i) {
    session.terminal.step();
    crowd.box.round();
  }
  ASSERT_FALSE(session.terminal.all_sent()) << "the box swallowed it all";
  report("stalled_session", BoxMemory::held() - before);
  EXPECT_LE(BoxMemory::held() - before, kStalledBudget);
}

TEST_F(SessionBudgetTest, ended_sessions_give_everything_back) {
  const auto come_and_go = [this] {
    const std::size_t first = crowd.size();
    EXPECT_TRUE(crowd.open(25));
    for (std::size_t i = first; i < crowd.size(); ++i) EXPECT_TRUE(crowd.close(crowd[i])) << i;
    crowd.rest();
    return BoxMemory::held();
  };
  const std::int64_t once = come_and_go();
  const std::int64_t twice = come_and_go();
  report("left_behind_by_ended_sessions", (twice - once) / 25);
  EXPECT_LE(twice - once, 64);
}

}  // namespace
}  // namespace gw::bench
