#include "metrics/ledger.h"

#include <gtest/gtest.h>

namespace gw::metrics {
namespace {

constexpr std::chrono::milliseconds kNow{1'700'000'000'123};

double value_of(const Ledger& ledger, FamilyId id, const Labels& labels) {
  for (const Sample& sample : ledger.snapshot(kNow).samples)
    if (sample.family == id && sample.labels == labels) return sample.value;
  return -1;
}

TEST(LedgerTest, counters_add_up_and_gauges_stand) {
  Ledger ledger;
  ledger.add(FamilyId::refusals, {"policy_no_rule", "karte"});
  ledger.add(FamilyId::refusals, {"policy_no_rule", "karte"}, 41);
  ledger.set(FamilyId::sessions, {"emr", "karte"}, 7);
  ledger.set(FamilyId::sessions, {"emr", "karte"}, 3);
  EXPECT_EQ(value_of(ledger, FamilyId::refusals, {"policy_no_rule", "karte"}), 42);
  EXPECT_EQ(value_of(ledger, FamilyId::sessions, {"emr", "karte"}), 3);
}

TEST(LedgerTest, what_is_forgotten_is_told_no_more) {
  Ledger ledger;
  ledger.set(FamilyId::sessions, {"emr", "karte"}, 7);
  ledger.forget(FamilyId::sessions);
  ledger.set(FamilyId::sessions, {"pacs", "imaging"}, 1);
  const Snapshot snapshot = ledger.snapshot(kNow);
  ASSERT_EQ(snapshot.samples.size(), 1u);
  EXPECT_EQ(snapshot.samples[0].labels, (Labels{"pacs", "imaging"}));
  EXPECT_EQ(snapshot.at, kNow);
}

TEST(LedgerTest, a_family_without_room_leaves_out_and_says_how_often) {
  Ledger ledger;
  const std::size_t most = family(FamilyId::refusals).most;
  for (std::size_t i = 0; i < most + 5; ++i) ledger.add(FamilyId::refusals, {"reason", std::to_string(i)});
  ledger.add(FamilyId::refusals, {"reason", "0"});  // has its place already
  EXPECT_EQ(ledger.snapshot(kNow).samples.size(), most + 1);
  EXPECT_EQ(value_of(ledger, FamilyId::refusals, {"reason", "0"}), 2);
  EXPECT_EQ(value_of(ledger, FamilyId::figures_left_out, {}), 5);
}

TEST(LedgerTest, a_histogram_counts_into_each_bucket_that_is_large_enough) {
  Ledger ledger;
  for (const int took : {10, 50, 51, 200, 4'999, 60'000})
    ledger.observe(FamilyId::handshake_duration, std::chrono::milliseconds(took));
  const std::pair<const char*, double> kBuckets[] = {
      {"0.2", 4}, {"1.0", 4}, {"+Inf", 6}};
  for (const auto& [bound, count] : kBuckets)
    EXPECT_EQ(value_of(ledger, FamilyId::handshake_duration, {bound}), count) << bound;
  double sum = 0, count = 0;
  for (const Sample& sample : ledger.snapshot(kNow).samples) {
    if (sample.part == Part::sum) sum = sample.value;
    if (sample.part == Part::count) count = sample.value;
  }
  EXPECT_DOUBLE_EQ(sum, 65.31);
  EXPECT_EQ(count, 6);
  EXPECT_EQ(ledger.snapshot(kNow).samples.size(), family(FamilyId::handshake_duration).most);
}

TEST(LedgerTest, whatever_is_counted_there_are_never_more_than_two_hundred_series) {
  Ledger ledger;
  for (const Family& one : families())
    for (std::size_t i = 0; i < 3 * kMostSeries; ++i) {
      const Labels labels(one.labels.size(), std::to_string(i));
      if (one.kind == Kind::histogram)
        ledger.observe(one.id, std::chrono::milliseconds(i));
      else if (one.kind == Kind::counter)
        ledger.add(one.id, labels);
      else
        ledger.set(one.id, labels, 1);
    }
  const Snapshot snapshot = ledger.snapshot(kNow);
  EXPECT_LE(snapshot.samples.size(), kMostSeries);
  EXPECT_GT(snapshot.samples.size(), kMostSeries / 2);
}

}  // namespace
}  // namespace gw::metrics
