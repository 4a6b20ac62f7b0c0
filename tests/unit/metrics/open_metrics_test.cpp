#include "metrics/open_metrics.h"

#include <gtest/gtest.h>

namespace gw::metrics {
namespace {

TEST(OpenMetricsTest, a_snapshot_is_written_whole_with_its_time) {
  Ledger ledger;
  ledger.set(FamilyId::build, {"0.1.0"}, 1);
  ledger.set(FamilyId::isolation_proved, {}, 1'700'000'000.5);
  ledger.add(FamilyId::session_bytes, {"down", "imaging"}, 4096);
  ledger.add(FamilyId::session_bytes, {"up", "imaging"}, 12);
  EXPECT_EQ(
      to_open_metrics(ledger.snapshot(std::chrono::milliseconds(1'700'000'060'007))),
      "# TYPE sekisho_build info\n"
      "# HELP sekisho_build The release of the box.\n"
      "sekisho_build_info{version=\"0.1.0\"} 1 1700000060.007\n"
      "# TYPE sekisho_session_bytes counter\n"
      "# UNIT sekisho_session_bytes bytes\n"
      "# HELP sekisho_session_bytes What sessions that ended had carried, to the cloud (up) and from it "
      "(down).\n"
      "sekisho_session_bytes_total{direction=\"down\",tenant=\"imaging\"} 4096 1700000060.007\n"
      "sekisho_session_bytes_total{direction=\"up\",tenant=\"imaging\"} 12 1700000060.007\n"
      "# TYPE sekisho_isolation_proof_timestamp_seconds gauge\n"
      "# UNIT sekisho_isolation_proof_timestamp_seconds seconds\n"
      "# HELP sekisho_isolation_proof_timestamp_seconds End of the last proof of isolation, since 1970.\n"
      "sekisho_isolation_proof_timestamp_seconds 1700000000.5 1700000060.007\n"
      "# EOF\n");
}

TEST(OpenMetricsTest, a_label_cannot_break_out_of_its_quotes) {
  Ledger ledger;
  ledger.set(FamilyId::build, {"a\"b\\c\nd"}, 1);
  const std::string text = to_open_metrics(ledger.snapshot({}));
  EXPECT_NE(text.find("{version=\"a\\\"b\\\\c\\nd\"} 1 0.000\n"), std::string::npos) << text;
}

TEST(OpenMetricsTest, a_histogram_has_its_buckets_its_sum_and_its_count) {
  Ledger ledger;
  ledger.observe(FamilyId::dial_duration, std::chrono::milliseconds(250));
  EXPECT_EQ(
      to_open_metrics(ledger.snapshot(std::chrono::milliseconds(7))),
      "# TYPE sekisho_dial_duration_seconds histogram\n"
      "# UNIT sekisho_dial_duration_seconds seconds\n"
      "# HELP sekisho_dial_duration_seconds How long it took to resolve a service's name and to connect.\n"
      "sekisho_dial_duration_seconds_bucket{le=\"0.1\"} 0 0.007\n"
      "sekisho_dial_duration_seconds_bucket{le=\"0.5\"} 1 0.007\n"
      "sekisho_dial_duration_seconds_bucket{le=\"3.0\"} 1 0.007\n"
      "sekisho_dial_duration_seconds_bucket{le=\"+Inf\"} 1 0.007\n"
      "sekisho_dial_duration_seconds_sum 0.25 0.007\n"
      "sekisho_dial_duration_seconds_count 1 0.007\n"
      "# EOF\n");
}

TEST(OpenMetricsTest, nothing_is_a_text_too) { EXPECT_EQ(to_open_metrics({}), "# EOF\n"); }

}  // namespace
}  // namespace gw::metrics
