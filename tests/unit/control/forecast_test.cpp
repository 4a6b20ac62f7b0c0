// How long there will be room for records, and when that is said (CAP-01, LOG-05).

#include "control/forecast.h"

#include <gtest/gtest.h>

namespace gw::control {
namespace {

constexpr std::chrono::seconds kDay = std::chrono::hours(24);

TEST(Forecast, what_was_written_lately_goes_on_for_so_many_days) {
  const Forecast found =
      forecast_of({.octets = 1'000'000, .records = 1'000, .recent = 700, .while_ = 7 * kDay}, 2'500'000);
  EXPECT_EQ(found.left, 2'500'000u);
  EXPECT_EQ(found.a_day, 100'000u);
  EXPECT_EQ(found.days_left, 25u);
}

TEST(Forecast, a_store_that_does_not_grow_lasts) {
  EXPECT_FALSE(forecast_of({}, 1).days_left);
  EXPECT_FALSE(forecast_of({.octets = 4096, .records = 3, .recent = 0, .while_ = 7 * kDay}, 1).days_left);
}

TEST(Forecast, the_first_minutes_of_a_box_are_not_taken_for_its_days) {
  const Forecast found = forecast_of(
      {.octets = 1'000, .records = 10, .recent = 10, .while_ = std::chrono::seconds(1)}, 1'000'000);
  EXPECT_EQ(found.a_day, 24'000u);
}

Forecast of(std::uint64_t days) { return {.left = 1, .a_day = 1, .days_left = days}; }

TEST(SpaceWarning, is_said_once_a_month_a_week_and_a_day_before) {
  SpaceWarning warning;
  EXPECT_FALSE(warning.is_due(of(31)));
  EXPECT_TRUE(warning.is_due(of(30)));
  EXPECT_FALSE(warning.is_due(of(29)));
  EXPECT_FALSE(warning.is_due(of(8)));
  EXPECT_TRUE(warning.is_due(of(7)));
  EXPECT_FALSE(warning.is_due(of(2)));
  EXPECT_TRUE(warning.is_due(of(1)));
  EXPECT_FALSE(warning.is_due(of(0)));
}

TEST(SpaceWarning, is_said_once_more_after_there_was_room_and_not_for_a_little_to_and_fro) {
  SpaceWarning warning;
  EXPECT_TRUE(warning.is_due(of(0)));
  EXPECT_FALSE(warning.is_due(of(2))) << "one more day is no room yet";
  EXPECT_FALSE(warning.is_due(of(1)));
  EXPECT_FALSE(warning.is_due(of(3))) << "less than a week was said already";
  EXPECT_TRUE(warning.is_due(of(1)));
}

TEST(SpaceWarning, a_store_that_does_not_grow_gives_no_reason) {
  SpaceWarning warning;
  EXPECT_FALSE(warning.is_due({.left = 1}));
}

}  // namespace
}  // namespace gw::control
