// From when a clock is counted and when it ends (INC-01), in Japan's time.

#include "incidents/clock.h"

#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using std::chrono::hours;

Span span(ClockId clock, std::string_view anchor) { return span_of(rule(clock), jst(anchor)); }

TEST(Clock, hours_are_counted_from_the_moment_and_not_from_its_day) {
  EXPECT_EQ(span(ClockId::vendor_24h_occurred, "2026-11-22T12:34:56+09:00").ends,
            jst("2026-11-23T12:34:56+09:00"));
  EXPECT_EQ(span(ClockId::vendor_72h_detected, "2026-12-31T23:00:00+09:00").ends,
            jst("2027-01-03T23:00:00+09:00"));
}

TEST(Clock, each_vendors_clock_has_the_anchor_of_its_paper) {
  EXPECT_EQ(rule(ClockId::vendor_24h_occurred).anchor, Moment::occurred);
  EXPECT_EQ(rule(ClockId::vendor_72h_occurred).anchor, Moment::occurred);
  EXPECT_EQ(rule(ClockId::vendor_72h_detected).anchor, Moment::detected);
  for (const ClockId one : {ClockId::ppc_first, ClockId::ppc_final, ClockId::ppc_final_intent})
    EXPECT_EQ(rule(one).anchor, Moment::detected) << "the law counts from knowledge";
}

TEST(Clock, the_day_of_the_moment_is_the_first_and_the_last_ends_at_midnight_in_japan) {
  const Span first = span(ClockId::ppc_first, "2026-11-22T00:00:00+09:00");
  EXPECT_EQ(first.aim, jst("2026-11-25T00:00:00+09:00"));
  EXPECT_EQ(first.ends, jst("2026-11-27T00:00:00+09:00"));
  EXPECT_EQ(span(ClockId::ppc_first, "2026-11-22T23:59:59+09:00").ends, first.ends);
}

TEST(Clock, a_day_of_japan_is_not_one_of_greenwich) {
  const auto at = [](const char* text) { return span(ClockId::ppc_final, text).ends; };
  EXPECT_EQ(at("2026-11-22T08:59:59+09:00"), at("2026-11-22T09:00:00+09:00")) << "Greenwich's midnight";
  EXPECT_EQ(*at("2026-11-23T00:00:00+09:00") - *at("2026-11-22T23:59:59+09:00"), hours(24));
}

TEST(Clock, no_hour_is_lost_or_won_where_other_countries_change_theirs) {
  for (const char* day :
       {"2026-03-07T12:00:00+09:00", "2026-03-28T12:00:00+09:00", "2026-10-24T12:00:00+09:00"}) {
    EXPECT_EQ(*span(ClockId::vendor_72h_occurred, day).ends - jst(day), hours(72));
    EXPECT_EQ(*span(ClockId::ppc_final, day).ends - jst(day), hours(24 * 29 + 12));
  }
}

TEST(Clock, a_leap_day_is_a_day) {
  EXPECT_EQ(span(ClockId::ppc_final, "2028-02-01T10:00:00+09:00").ends, jst("2028-03-02T00:00:00+09:00"));
  EXPECT_EQ(span(ClockId::ppc_final, "2027-02-01T10:00:00+09:00").ends, jst("2027-03-03T00:00:00+09:00"));
  EXPECT_EQ(span(ClockId::ppc_first, "2028-02-29T23:00:00+09:00").ends, jst("2028-03-05T00:00:00+09:00"));
}

TEST(Clock, sixty_days_are_twice_thirty) {
  const Span thirty = span(ClockId::ppc_final, "2026-11-22T12:00:00+09:00");
  const Span sixty = span(ClockId::ppc_final_intent, "2026-11-22T12:00:00+09:00");
  EXPECT_EQ(*sixty.ends - *thirty.ends, hours(24 * 30));
}

TEST(Clock, what_has_no_figure_never_ends_and_is_met_once_somebody_was_told) {
  const Span open = span(ClockId::ministry, "2026-11-22T12:00:00+09:00");
  EXPECT_FALSE(open.ends);
  EXPECT_EQ(standing_of(open, {}, open.from + hours(24 * 365)), Standing::running);
  EXPECT_EQ(standing_of(open, open.from + hours(24 * 365), open.from), Standing::met);
}

TEST(Clock, each_standing_begins_where_the_one_before_ends) {
  const Span day = span(ClockId::vendor_24h_occurred, "2026-11-22T12:00:00+09:00");
  const std::chrono::milliseconds tick{1};
  EXPECT_EQ(standing_of(day, {}, day.from + hours(12) - tick), Standing::running);
  EXPECT_EQ(standing_of(day, {}, day.from + hours(12)), Standing::half);
  EXPECT_EQ(standing_of(day, {}, day.from + hours(18)), Standing::soon);
  EXPECT_EQ(standing_of(day, {}, *day.ends), Standing::soon) << "to the last moment";
  EXPECT_EQ(standing_of(day, {}, *day.ends + tick), Standing::missed);
  EXPECT_EQ(standing_of(day, *day.ends, *day.ends + hours(99)), Standing::met);
  EXPECT_EQ(standing_of(day, *day.ends + tick, *day.ends + hours(99)), Standing::late);
}

TEST(Clock, a_long_one_ends_soon_three_days_before) {
  const Span month = span(ClockId::ppc_final, "2026-11-22T12:00:00+09:00");
  EXPECT_EQ(*month.ends - month.soon(), hours(72));
}

TEST(Clock, each_names_itself_and_its_clause_in_both_languages) {
  for (std::size_t i = 0; i < kClocks; ++i) {
    const auto id = static_cast<ClockId>(i);
    EXPECT_EQ(parse_clock(to_string(id)), id);
    for (const auto text : {rule(id).japanese, rule(id).english, rule(id).clause, rule(id).basis})
      EXPECT_FALSE(text.empty()) << to_string(id);
    EXPECT_EQ(rule(id).counted == Counted::promptly, rule(id).end == 0) << to_string(id);
    EXPECT_LE(rule(id).aim, rule(id).end);
  }
  EXPECT_FALSE(parse_clock("never"));
}

}  // namespace
}  // namespace gw::incidents
