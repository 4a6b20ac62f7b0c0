// A month of the boundary's records (LOG-02, LOG-06, WLS-06).

#include "review/summary.h"

#include <gmock/gmock.h>

#include "base/jst.h"
#include "review/rule_use.h"

namespace gw::review {
namespace {

using std::chrono::days;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const CivilTime kNoon(*parse_jst_text("2026-11-15T12:00:00+09:00"));
constexpr std::chrono::year_month kMonth = std::chrono::year(2026) / 11;

class SummaryTest : public testing::Test {
 protected:
  void take(Event event, CivilTime time = kNoon, const std::string& tenant = "karte") {
    const audit::Record record{time, audit::ClockState::right, "proxyd", tenant, std::move(event)};
    audit::Link link{};
    link[0] = static_cast<std::uint8_t>(++number_);
    summing_.take(number_, record, link);
  }
  static Event opened(const std::string& terminal) {
    return Event(EventId::session_opened)
        .add(Field::terminal, terminal)
        .add(Field::service, "emr")
        .add(Field::rule, "r");
  }
  Summary finish() const { return summing_.finish({}); }
  static std::vector<std::string> names(const Counted& counted) {
    std::vector<std::string> out;
    for (const auto& row : counted.rows) out.push_back(std::to_string(row.count) + " " + row.name);
    return out;
  }

  std::uint64_t number_ = 0;
  Summing summing_{kMonth};
};

TEST_F(SummaryTest, each_record_is_counted_where_it_belongs) {
  take(opened("desk-1"));
  take(opened("desk-1"));
  take(opened("desk-2"));
  take(Event(EventId::session_closed).add(Field::bytes_up, 10).add(Field::bytes_down, 7));
  take(Event(EventId::session_refused).add(Field::reason, "no_rule"));
  take(Event(EventId::refusals_folded).add(Field::count, 40));
  take(Event(EventId::cut_made).add(Field::administrator, "tanaka"));
  take(Event(EventId::account_refused).add(Field::reason, "wrong_code").add(Field::source, "10.0.0.9"));
  const Summary summary = finish();
  EXPECT_EQ(summary.records, 8u);
  EXPECT_EQ(summary.first, 1u);
  EXPECT_EQ(summary.last, 8u);
  EXPECT_EQ(summary.link[0], 8);
  EXPECT_EQ(summary.bytes_up, 10u);
  EXPECT_EQ(summary.bytes_down, 7u);
  EXPECT_THAT(names(summary.sessions), ElementsAre("2 karte/emr/desk-1", "1 karte/emr/desk-2"));
  EXPECT_THAT(names(summary.refusals), ElementsAre("40 karte -", "1 karte no_rule"));
  EXPECT_EQ(summary.refusals.all, 41u);
  EXPECT_THAT(names(summary.administration), ElementsAre("1 cut.made tanaka"));
  EXPECT_THAT(names(summary.sign_in_failures), ElementsAre("1 account.refused wrong_code 10.0.0.9"));
  EXPECT_THAT(summary.anomalies, IsEmpty());
}

TEST_F(SummaryTest, other_months_are_passed_over) {
  take(opened("desk-1"), kNoon - days(15));
  take(opened("desk-1"), CivilTime(*parse_jst_text("2026-11-30T23:59:59+09:00")));
  take(opened("desk-1"), CivilTime(*parse_jst_text("2026-12-01T00:00:00+09:00")));
  EXPECT_EQ(finish().records, 1u);
  EXPECT_EQ(finish().first, 2u);
}

TEST_F(SummaryTest, what_has_to_be_looked_at_is_marked_beforehand) {
  take(opened("desk-1"));
  for (const EventId event :
       {EventId::clock_behind, EventId::records_cut_off, EventId::records_space_low,
        EventId::records_unsigned, EventId::isolation_broken, EventId::maintenance_emergency,
        EventId::backup_damaged, EventId::account_emergency, EventId::records_lost})
    take(Event(event));
  take(Event(EventId::account_locked).add(Field::object, "tanaka"));
  const Summary summary = finish();
  EXPECT_EQ(summary.anomalies.size(), 10u);
  EXPECT_EQ(summary.anomalies.back().about, "karte tanaka");
  EXPECT_EQ(summary.anomaly_kinds.all, 10u);
  EXPECT_FALSE(is_anomaly(EventId::session_refused));
}

TEST_F(SummaryTest, memory_is_bounded_and_what_is_cut_is_said) {
  for (int i = 0; i < 5000; ++i) take(opened("desk-" + std::to_string(i)));
  for (int i = 0; i < 1000; ++i) take(Event(EventId::endpoint_failed));
  for (int i = 0; i < 1000; ++i) take(Event(EventId::process_ended));
  const Summary summary = finish();
  EXPECT_EQ(summary.sessions.rows.size(), kMostRows);
  EXPECT_TRUE(summary.sessions.is_cut);
  EXPECT_EQ(summary.sessions.all, 5000u);
  EXPECT_EQ(summary.anomalies.size(), kMostAnomalies);
  EXPECT_EQ(summary.anomaly_kinds.all, 1000u);
  EXPECT_THAT(text_of(summary, Language::english), HasSubstr("and others; all together 5000\n"));
  EXPECT_THAT(text_of(summary, Language::english), HasSubstr("estimates"));
  EXPECT_THAT(text_of(summary, Language::japanese), HasSubstr("概算"));
}

TEST_F(SummaryTest, text_and_json_say_the_same) {
  take(opened("de\"sk"));
  take(Event(EventId::clock_behind).add(Field::detail, "an hour"));
  const Summary summary = summing_.finish({"karte/old-rule"});
  const std::string text = text_of(summary, Language::japanese), json = json_of(summary);
  EXPECT_THAT(text, HasSubstr("境界装置の記録 月次まとめ 2026-11\n"));
  EXPECT_THAT(text, HasSubstr("2  2026-11-15T12:00:00.000000+09:00  clock.behind  karte an hour\n"));
  EXPECT_THAT(text, HasSubstr("(削除の検討)\n  karte/old-rule\n"));
  EXPECT_THAT(json, HasSubstr("{\"month\":\"2026-11\",\"records\":2,\"first\":1,\"last\":2,"));
  EXPECT_THAT(json, HasSubstr("{\"name\":\"karte/emr/de\\\"sk\",\"count\":1,\"too_high\":0}"));
  EXPECT_THAT(json, HasSubstr("\"unused_rules\":[\"karte/old-rule\"]}\n"));
}

TEST(RuleUseTest, a_rule_is_unused_after_ninety_days_without_a_session) {
  RuleUse use;
  const std::string rules[] = {"karte/r", "karte/s", "xray/r"};
  use.set_rules(rules, kNoon);
  const audit::Record record{kNoon + days(10), audit::ClockState::right, "proxyd", "karte",
                             Event(EventId::session_opened).add(Field::rule, "r")};
  use.take(record);
  EXPECT_THAT(use.unused(kNoon + days(89)), IsEmpty());
  EXPECT_THAT(use.unused(kNoon + days(90)), ElementsAre("karte/s", "xray/r"));
  EXPECT_THAT(use.unused(kNoon + days(100)), ElementsAre("karte/r", "karte/s", "xray/r"));
  use.set_rules(std::span(rules).first(2), kNoon + days(95));
  EXPECT_THAT(use.unused(kNoon + days(95)), ElementsAre("karte/s"));
}

}  // namespace
}  // namespace gw::review
