#include "daemons/supervisor/recurrence.h"

#include <gtest/gtest.h>

namespace gw::supervisor {
namespace {

using namespace std::chrono_literals;

const Instant kStart{std::chrono::hours(1)};

TEST(Recurrence, what_came_within_five_minutes_counts_and_no_more) {
  Recurrence drift;
  EXPECT_EQ(drift.lately(kStart), 0u);
  drift.add(kStart);
  drift.add(kStart + 2min);
  EXPECT_EQ(drift.lately(kStart + 2min), 2u);
  EXPECT_EQ(drift.lately(kStart + 5min - 1ms), 2u);
  EXPECT_EQ(drift.lately(kStart + 5min), 1u);
  EXPECT_EQ(drift.lately(kStart + 7min), 0u);
}

TEST(Recurrence, what_comes_again_and_again_counts_for_the_last_minutes_alone) {
  Recurrence drift;
  for (int second = 0; second < 3'600; ++second) drift.add(kStart + std::chrono::seconds(second));
  EXPECT_EQ(drift.lately(kStart + 3'599s), 300u);
}

}  // namespace
}  // namespace gw::supervisor
