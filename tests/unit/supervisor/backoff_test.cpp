#include "daemons/supervisor/backoff.h"

#include <gtest/gtest.h>

namespace gw::supervisor {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant kStart{std::chrono::hours(1)};

TEST(Backoff, the_first_pause_is_a_tenth_of_a_second) {
  Backoff backoff;
  backoff.born(kStart);
  EXPECT_EQ(backoff.died(kStart), kStart + milliseconds(100));
}

TEST(Backoff, each_early_death_doubles_the_pause_up_to_ten_seconds) {
  Backoff backoff;
  Instant now = kStart;
  for (const int pause : {100, 200, 400, 800, 1'600, 3'200, 6'400, 10'000, 10'000}) {
    backoff.born(now);
    EXPECT_EQ(backoff.died(now + seconds(1)) - (now + seconds(1)), milliseconds(pause));
    now += seconds(20);
  }
}

TEST(Backoff, a_life_of_ten_seconds_earns_a_fresh_start) {
  Backoff backoff;
  backoff.born(kStart);
  backoff.died(kStart);
  backoff.died(kStart);
  backoff.born(kStart);
  EXPECT_EQ(backoff.died(kStart + seconds(10)), kStart + seconds(10) + milliseconds(100));
}

TEST(Backoff, a_life_just_short_of_that_does_not) {
  Backoff backoff;
  backoff.born(kStart);
  backoff.died(kStart);
  backoff.born(kStart);
  const Instant death = kStart + milliseconds(9'999);
  EXPECT_EQ(backoff.died(death), death + milliseconds(200));
}

TEST(Backoff, deaths_are_counted) {
  Backoff backoff;
  backoff.died(kStart);
  backoff.died(kStart);
  EXPECT_EQ(backoff.deaths(), 2u);
}

}  // namespace
}  // namespace gw::supervisor
