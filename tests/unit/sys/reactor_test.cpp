#include "sys/reactor.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "support/manual_clock.h"
#include "sys/gate.h"
#include "sys/task.h"

namespace gw::sys {
namespace {

using std::chrono::milliseconds;

struct Counter {
  int woken = 0;
  bool stop = false;
};

Detached count_wakes(Wake& wake, Counter& counter, Gate::Pass) {
  while (!counter.stop) {
    co_await wake;
    ++counter.woken;
  }
}

class ReactorTest : public testing::Test {
 protected:
  support::ManualClock clock;
  std::unique_ptr<Reactor> reactor = *Reactor::make(clock);
  Gate gate;
  Counter counter;

  void finish(Wake& wake) {
    counter.stop = true;
    wake.signal();
    reactor->run_once(milliseconds(0));
    EXPECT_EQ(gate.count(), 0u);
  }
};

TEST_F(ReactorTest, signals_between_two_waits_count_as_one) {
  Wake wake(*reactor);
  count_wakes(wake, counter, *gate.enter());
  wake.signal();
  wake.signal();
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 1);
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 1);
  finish(wake);
}

TEST_F(ReactorTest, bytes_from_the_peer_wake_the_waiter_and_raise_the_flag) {
  std::array<int, 2> fds{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds.data()), 0);
  UniqueFd ours(fds[0]), theirs(fds[1]);
  Wake wake(*reactor);
  Readiness readiness;
  ASSERT_TRUE(readiness.attach(*reactor, ours.get(), wake));
  readiness.readable = false;
  count_wakes(wake, counter, *gate.enter());
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 1) << "a fresh socket is writable at once";
  EXPECT_FALSE(readiness.readable);
  ASSERT_EQ(::write(theirs.get(), "x", 1), 1);
  reactor->run_once(milliseconds(1000));
  EXPECT_EQ(counter.woken, 2);
  EXPECT_TRUE(readiness.readable);
  EXPECT_FALSE(readiness.hangup);
  theirs.reset();
  reactor->run_once(milliseconds(1000));
  EXPECT_TRUE(readiness.hangup);
  finish(wake);
}

TEST_F(ReactorTest, a_timer_fires_at_its_moment_and_not_before) {
  Wake wake(*reactor);
  Timer timer(*reactor, wake);
  count_wakes(wake, counter, *gate.enter());
  timer.arm(clock.now() + milliseconds(50));
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 0);
  clock.advance(milliseconds(50));
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 1);
  EXPECT_TRUE(timer.expired());
  finish(wake);
}

TEST_F(ReactorTest, a_wake_that_is_gone_is_not_run) {
  {
    Wake wake(*reactor);
    wake.signal();
  }
  reactor->run_once(milliseconds(0));
  EXPECT_EQ(counter.woken, 0);
}

Task<int> twice(Wake& wake, int number) {
  co_await wake;
  co_return 2 * number;
}

Detached add_up(Wake& wake, int& sum) {
  for (int i = 1; i <= 3; ++i) sum += co_await twice(wake, i);
}

TEST_F(ReactorTest, a_task_gives_its_value_to_its_awaiter) {
  Wake wake(*reactor);
  int sum = 0;
  add_up(wake, sum);
  for (int i = 0; i < 3; ++i) {
    wake.signal();
    reactor->run_once(milliseconds(0));
  }
  EXPECT_EQ(sum, 12);
}

TEST(GateTest, a_closed_gate_gives_no_pass_and_keeps_count_of_those_out) {
  Gate gate;
  {
    auto pass = gate.enter();
    ASSERT_TRUE(pass);
    gate.close();
    EXPECT_FALSE(gate.enter());
    EXPECT_EQ(gate.count(), 1u);
  }
  EXPECT_EQ(gate.count(), 0u);
}

}  // namespace
}  // namespace gw::sys
