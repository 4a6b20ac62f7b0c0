#include "daemons/supervisor/round_pace.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace gw::supervisor {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds kUsual = 60s;

TEST(RoundPaceTest, as_long_as_all_goes_well_rounds_are_a_tenth_apart_from_the_usual_time) {
  RoundPace pace;
  std::mt19937_64 chance(1);
  for (int i = 0; i < 1'000; ++i) {
    const auto pause = pace.after(true, kUsual, chance());
    EXPECT_GE(pause, 54s);
    EXPECT_LE(pause, 66s);
  }
}

TEST(RoundPaceTest, failures_come_further_apart_up_to_a_quarter_of_an_hour) {
  RoundPace pace;
  auto last = 20s + 0ms;
  for (int i = 0; i < 30; ++i) {
    const auto pause = pace.after(false, kUsual, UINT64_MAX - 1);
    EXPECT_GE(pause, kUsual);
    EXPECT_LE(pause, 15min);
    EXPECT_LE(pause, std::max(kUsual, 3 * last));
    last = pause;
  }
}

/// Boxes whose line went at the same time do not come back at the same time.
TEST(RoundPaceTest, two_boxes_soon_have_nothing_in_common) {
  std::set<std::chrono::milliseconds> pauses;
  for (unsigned box = 0; box < 200; ++box) {
    RoundPace pace;
    std::mt19937_64 chance(box);
    std::chrono::milliseconds at{0};
    for (int i = 0; i < 6; ++i) at += pace.after(false, kUsual, chance());
    pauses.insert(at / 1'000);
  }
  EXPECT_GT(pauses.size(), 150u);
}

TEST(RoundPaceTest, success_forgets_what_was) {
  RoundPace pace;
  for (int i = 0; i < 10; ++i) pace.after(false, kUsual, 12'345'678'901u);
  pace.after(true, kUsual, 0);
  EXPECT_EQ(pace.after(false, kUsual, 999'999), kUsual);
}

}  // namespace
}  // namespace gw::supervisor
