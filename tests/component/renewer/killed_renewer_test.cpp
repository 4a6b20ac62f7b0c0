// Killed anywhere, the renewer or the server that it asks: an identity that works remains, and the next run
// comes to the end of it (CRT-03).

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "component/renewer/stage.h"

namespace gw::renewer {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

class KilledRenewerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    stage.emplace();
    slot().current = stage->identity_in_use(stage->item().identity, -25, 30);
    due = slot().current;
    const auto began = steady_clock::now();
    EXPECT_TRUE(stage->run().has(EventId::identity_renewed));
    whole = std::chrono::duration_cast<microseconds>(steady_clock::now() - began);
  }
  model::IdentitySlot& slot() { return stage->item().slot; }
  microseconds some_moment() {
    return microseconds(std::uniform_int_distribution<long>(0, whole.count())(random));
  }
  /// What is in use works, whatever had happened.
  void expect_an_identity() {
    EXPECT_TRUE(stage->works(slot().current));
    if (slot().current != due) slot() = {due, {}, {}};  // and once more from the beginning
  }
  void expect_to_come_to_an_end() {
    const Outcome run = stage->run();
    EXPECT_TRUE(run.has(EventId::identity_renewed)) << run.text(EventId::identity_not_renewed);
    EXPECT_EQ(slot().next, "");
    expect_an_identity();
  }

  std::optional<Stage> stage;
  std::string due;
  microseconds whole{};
  std::mt19937 random{7030};  // the same moments each time, as far as a clock can tell
};

TEST_F(KilledRenewerTest, leaves_an_identity_that_works) {
  constexpr int kKills = 170, kLookEvery = 34;
  int killed = 0;
  slot() = {due, {}, {}};
  for (int i = 1; i <= kKills; ++i) {
    killed += stage->run_until(some_moment()).ending == "signal 9" ? 1 : 0;
    expect_an_identity();
    if (i % kLookEvery == 0) expect_to_come_to_an_end();
  }
  EXPECT_GT(killed, kKills / 2);
}

TEST_F(KilledRenewerTest, survives_its_server) {
  constexpr int kKills = 30, kLookEvery = 10;
  slot() = {due, {}, {}};
  for (int i = 1; i <= kKills; ++i) {
    // At one of its three visits the server dies, before or after it was reached.
    int visits = static_cast<int>(random() % 3);
    const bool before = random() % 2 == 0;
    stage->lets_dial = [&] {
      if (visits-- == 0 && before) stage->server.kill();
      return true;
    };
    std::optional<microseconds> none;
    stage->run_until(none);
    if (!before) stage->server.kill();
    expect_an_identity();
    stage->lets_dial = [] { return true; };
    stage->server.kill();
    stage->server.start();
    if (i % kLookEvery == 0) expect_to_come_to_an_end();
  }
}

}  // namespace
}  // namespace gw::renewer
