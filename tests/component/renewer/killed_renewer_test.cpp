// Killed anywhere, the renewer, the server that it asks, keyd, or the TPM behind that: an identity that works
// remains, and the next run comes to the end of it (CRT-03).

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "component/keys/soft_tpm.h"
#include "component/renewer/stage.h"

namespace gw::renewer {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

class KilledRenewerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    begin({});
  }
  void begin(UniqueFd tpm) {
    stage.emplace(std::move(tpm));
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
  /// 1 if the run came to nothing because of it.
  int strike(const std::function<void()>& blow) {
    return stage->run_until(some_moment(), blow).has(EventId::identity_renewed) ? 0 : 1;
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

TEST_F(KilledRenewerTest, survives_keyd) {
  constexpr int kKills = 40, kLookEvery = 10;
  int struck = 0;
  slot() = {due, {}, {}};
  for (int i = 1; i <= kKills; ++i) {
    struck += strike([&] { stage->keyd.kill(); });
    stage->keyd.kill();
    stage->keyd.start();
    expect_an_identity();
    if (i % kLookEvery == 0) expect_to_come_to_an_end();
  }
  EXPECT_GT(struck, kKills / 4);
}

TEST_F(KilledRenewerTest, survives_its_tpm) {
  constexpr int kKills = 20, kLookEvery = 10;
  int struck = 0;
  keys::SoftTpm tpm;
  begin(tpm.connect());
  slot() = {due, {}, {}};
  for (int i = 1; i <= kKills; ++i) {
    struck += strike([&] { tpm.kill(); });
    tpm.kill();
    tpm.start_again();
    stage->keyd.kill();
    stage->keyd.start(tpm.connect());
    expect_an_identity();
    if (i % kLookEvery == 0) expect_to_come_to_an_end();
  }
  EXPECT_GT(struck, kKills / 4);
}

}  // namespace
}  // namespace gw::renewer
