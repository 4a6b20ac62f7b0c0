// Quarters and months as Japan has them (LOG-06).

#include "review/quarter.h"

#include <gtest/gtest.h>

#include "base/jst.h"

namespace gw::review {
namespace {

CivilTime at(std::string_view text) { return CivilTime(*parse_jst_text(text)); }

TEST(QuarterTest, a_year_has_four_that_begin_at_midnight_in_japan) {
  EXPECT_EQ(Quarter::of(at("2026-12-31T23:59:59+09:00")).to_text(), "2026-Q4");
  EXPECT_EQ(Quarter::of(at("2027-01-01T00:00:00+09:00")).to_text(), "2027-Q1");
  for (const char* name : {"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"}) {
    const Quarter quarter = *Quarter::parse(name);
    EXPECT_EQ(Quarter::of(quarter.begins()), quarter);
    EXPECT_EQ(Quarter::of(quarter.ends() - std::chrono::microseconds(1)), quarter);
    EXPECT_EQ(Quarter::of(quarter.ends()), quarter.next());
  }
  EXPECT_EQ(Quarter::parse("2026-Q3")->begins(), at("2026-07-01T00:00:00+09:00"));
}

TEST(QuarterTest, another_text_is_none) {
  for (const char* text : {"", "2026-Q0", "2026-Q5", "2026-q1", "2026Q1", "1969-Q4", "2026-Q1 ", "0026-Q1"})
    EXPECT_FALSE(Quarter::parse(text)) << text;
}

TEST(QuarterTest, a_month_is_japans) {
  EXPECT_EQ(to_text(month_of(at("2026-12-01T00:00:00+09:00"))), "2026-12");
  EXPECT_EQ(to_text(month_of(at("2026-11-30T23:59:59+09:00"))), "2026-11");
}

}  // namespace
}  // namespace gw::review
