#include "model/daily_window.h"

#include <gtest/gtest.h>

#include "base/jst.h"

namespace gw::model {
namespace {

using namespace std::chrono_literals;

std::chrono::seconds at(const char* clock) {
  return parse_jst_text("2026-11-29T" + std::string(clock) + "+09:00").value();
}

TEST(DailyWindow, begins_and_is_over_by_the_clock_in_japan) {
  const DailyWindow window{2h, 4h + 30min};
  for (const char* clock : {"02:00:00", "03:00:00", "04:29:59"})
    EXPECT_TRUE(window.covers(at(clock))) << clock;
  for (const char* clock : {"01:59:59", "04:30:00", "14:00:00", "23:59:59", "00:00:00"})
    EXPECT_FALSE(window.covers(at(clock))) << clock;
}

TEST(DailyWindow, goes_over_midnight) {
  const DailyWindow window{23h + 30min, 1h};
  for (const char* clock : {"23:30:00", "23:59:59", "00:00:00", "00:59:59"})
    EXPECT_TRUE(window.covers(at(clock))) << clock;
  for (const char* clock : {"23:29:59", "01:00:00", "12:00:00"})
    EXPECT_FALSE(window.covers(at(clock))) << clock;
}

TEST(DailyWindow, is_written_as_a_configuration_has_it) {
  EXPECT_EQ((DailyWindow{2h, 4h + 5min}.to_text()), "02:00-04:05");
  EXPECT_EQ((DailyWindow{23h + 30min, 0min}.to_text()), "23:30-00:00");
}

}  // namespace
}  // namespace gw::model
