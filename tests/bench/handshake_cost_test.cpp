// What it costs that the private keys are elsewhere: CPU of a handshake with the terminal and one with the
// cloud, mutual both, with keyd's desk and without (CRT-01). keyd's signatures and both ends of its channel
// are counted; what a second process adds in switches is not.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "component/proxy/keys_elsewhere.h"

namespace gw::bench {
namespace {

constexpr int kHandshakes = 100;
constexpr int kInASecond = 20;  // more are turned away
constexpr int kRounds = 7;
constexpr double kMost = 1.1;

double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// A box with its keys in its own memory.
struct Near : OpenSessions {
  void TestBody() override {}
  using OpenSessions::box;
  using OpenSessions::open;
  static bool sign() { return true; }
};
/// One that asks.
struct Far : KeysElsewhere {
  void TestBody() override {}
  using KeysElsewhere::box;
  using KeysElsewhere::open;
  bool sign() { return keyd.sign(); }
};

/// Of the box alone, not of the peers that the test plays.
template <class Side>
double seconds_each(Side& side) {
  double spent = 0, began = 0;
  side.box.around_turn = [&](bool begins) {
    if (begins) {
      began = thread_seconds();
      EXPECT_TRUE(side.sign());
    } else {
      spent += thread_seconds() - began;
    }
  };
  for (int i = 0; i < kHandshakes; ++i) {
    if (i % kInASecond == 0) side.box.advance(std::chrono::seconds(1));
    side.open("t1", 0).reset();
  }
  side.box.around_turn = nullptr;
  return spent / kHandshakes;
}

TEST(HandshakeCost, keys_that_are_elsewhere_cost_a_tenth_at_most) {
  Near near;
  Far far;
  double without = seconds_each(near), with = seconds_each(far);  // warm
  for (int round = 0; round < kRounds; ++round) {
    without = std::min(without, seconds_each(near));
    with = std::min(with, seconds_each(far));
  }
  std::printf("without keyd %.0f us, with keyd %.0f us, %.3f times\n", without * 1e6, with * 1e6,
              with / without);
  RecordProperty("times", std::to_string(with / without));
  EXPECT_LE(with, without * kMost);
}

}  // namespace
}  // namespace gw::bench
