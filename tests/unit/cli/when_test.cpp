#include "cli/when.h"

#include <gtest/gtest.h>

namespace gw::cli {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(When, is_japans_time_as_people_write_it) {  // TIM-01
  EXPECT_EQ(parse_when("1970-01-01"), milliseconds(-hours(9)));
  EXPECT_EQ(parse_when("2026-11-29T05:18:25"), milliseconds(seconds(1'795'897'105)));
  EXPECT_EQ(parse_when("2026-11-29T05:18"), milliseconds(seconds(1'795'897'080)));
  EXPECT_EQ(*parse_when("2026-11-30") - *parse_when("2026-11-29"), milliseconds(hours(24)));
}

TEST(When, what_is_no_moment_is_none) {
  for (const char* text :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-11-29T24:00", "2026-11-29T05:60", "2026-11-29 05:18",
        "2026-11-29T05:18:2", "2026-11-29T05:18:25Z", "2026/11/29", "20a6-11-29", "2026-11-29T05:18:25.5"})
    EXPECT_FALSE(parse_when(text)) << text;
}

}  // namespace
}  // namespace gw::cli
