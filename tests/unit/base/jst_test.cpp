// Japan's civil time as text (TIM-01).

#include "base/jst.h"

#include <gtest/gtest.h>

#include <random>

namespace gw {
namespace {

using std::chrono::seconds;

TEST(JstTest, text_is_nine_hours_ahead_of_utc) {
  EXPECT_EQ(to_jst_text(seconds(0)), "1970-01-01T09:00:00+09:00");
  EXPECT_EQ(to_jst_text(seconds(1'795'889'400)), "2026-11-29T03:10:00+09:00");
}

TEST(JstTest, a_day_begins_at_midnight_in_japan) {
  const auto midnight = *parse_jst_text("2026-11-29T00:00:00+09:00");
  EXPECT_EQ(to_day_text(jst_day_of(midnight)), "2026-11-29");
  EXPECT_EQ(to_day_text(jst_day_of(midnight - seconds(1))), "2026-11-28");
}

TEST(JstTest, every_moment_is_read_back) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 10'000; ++i) {
    const seconds moment(static_cast<std::int64_t>(random() % 250'000'000'000u));
    EXPECT_EQ(parse_jst_text(to_jst_text(moment)), moment);
  }
}

TEST(JstTest, another_form_or_no_moment_is_not_read) {
  for (const char* text :
       {"", "2026-11-29T03:10:00Z", "2026-11-29T03:10:00+00:00", "2026-11-29 03:10:00+09:00",
        "2026-02-29T03:10:00+09:00", "2026-13-01T03:10:00+09:00", "2026-11-29T24:00:00+09:00",
        "2026-11-29T03:60:00+09:00", "2026-11-29T03:10:0x+09:00", "1970-01-01T08:59:59+09:00",
        "2026-11-29T03:10:00+09:00 "})
    EXPECT_FALSE(parse_jst_text(text)) << text;
}

}  // namespace
}  // namespace gw
