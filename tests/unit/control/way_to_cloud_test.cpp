// Where the way to the cloud ends is told by what came of trying the services (DEM-03).

#include "control/way_to_cloud.h"

#include <gmock/gmock.h>

namespace gw::control {
namespace {

using enum Standing;
using model::CloseReason;
using testing::ElementsAre;
using testing::IsEmpty;

model::ServiceTrial trial(CloseReason outcome, bool by_name = true) {
  model::ServiceTrial out{.tenant = "clinic", .service = "emr", .by_name = by_name, .outcome = outcome};
  if (outcome == CloseReason::finished) out.tls = "TLSv1.3";
  return out;
}

ipc::op::State whole() {
  ipc::op::State state;
  state.kernel_rules = true;
  state.processes = {{.name = "keyd", .pid = 7},
                     {.name = "proxyd", .tenant = "clinic", .pid = 8, .serving = true}};
  return state;
}

TEST(WayToCloudTest, a_trial_is_good_up_to_where_it_ended_and_unknown_behind) {
  EXPECT_THAT(way_of(trial(CloseReason::finished)), ElementsAre(good, good, good, good));
  EXPECT_THAT(way_of(trial(CloseReason::key_unavailable)), ElementsAre(bad, unknown, unknown, unknown));
  EXPECT_THAT(way_of(trial(CloseReason::upstream_unresolved)), ElementsAre(good, bad, unknown, unknown));
  EXPECT_THAT(way_of(trial(CloseReason::upstream_timeout)), ElementsAre(good, good, bad, unknown));
  EXPECT_THAT(way_of(trial(CloseReason::upstream_certificate_expired)), ElementsAre(good, good, good, bad));
}

TEST(WayToCloudTest, a_handshake_that_is_not_the_boxs_was_not_tried) {  // NET-07
  model::ServiceTrial tunnel = trial(CloseReason::finished);
  tunnel.tls.clear();
  EXPECT_THAT(way_of(tunnel), ElementsAre(good, good, good, unknown));
}

TEST(WayToCloudTest, fixed_addresses_say_nothing_about_names) {
  EXPECT_THAT(way_of(trial(CloseReason::finished, false)), ElementsAre(good, unknown, good, good));
  EXPECT_THAT(way_of(trial(CloseReason::upstream_refused, false)), ElementsAre(good, unknown, bad, unknown));
}

TEST(WayToCloudTest, every_reason_of_the_clouds_side_has_its_step) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(model::last_close_reason()); ++i) {
    const auto reason = static_cast<CloseReason>(i);
    const std::string_view id = to_string(reason);
    const bool is_early = id == "upstream_unresolved" || id == "upstream_forbidden" ||
                          id == "upstream_refused" || id == "upstream_timeout" ||
                          id == "upstream_unavailable";
    if (id.starts_with("upstream_") && !is_early) {
      EXPECT_EQ(failed_at(trial(reason)), Step::handshake) << id;
    }
    if (id.starts_with("key_")) {
      EXPECT_EQ(failed_at(trial(reason)), Step::box) << id;
    }
  }
}

TEST(WayToCloudTest, together_they_are_bad_where_any_is) {
  ipc::op::Diagnosis diagnosis{whole(), {}};
  EXPECT_THAT(way_of(diagnosis), ElementsAre(good, unknown, unknown, unknown));
  diagnosis.trials.trials = {trial(CloseReason::finished), trial(CloseReason::upstream_timeout)};
  EXPECT_THAT(way_of(diagnosis), ElementsAre(good, good, bad, good));
  EXPECT_EQ(code_of(way_of(diagnosis)), "1121");
}

TEST(WayToCloudTest, what_is_wrong_with_the_box_is_named) {
  EXPECT_THAT(faults_of(whole()), IsEmpty());
  ipc::op::State state = whole();
  state.kernel_rules = false;
  state.processes[0].pid = 0;
  state.processes[1].serving = false;
  state.clock = {.now = std::chrono::milliseconds(1), .earliest = std::chrono::milliseconds(2)};
  state.intake = model::Intake::closed;
  state.proof.broken = 1;
  EXPECT_THAT(faults_of(state), ElementsAre("process_down:keyd", "process_down:proxyd/clinic", "clock_behind",
                                            "records_full", "no_kernel_rules", "isolation_broken"));
  EXPECT_THAT(way_of(ipc::op::Diagnosis{state, {}}), ElementsAre(bad, unknown, unknown, unknown));
}

TEST(WayToCloudTest, a_tenant_that_said_nothing_is_the_boxs_fault) {
  ipc::op::Diagnosis diagnosis{whole(), {.silent = {"clinic"}}};
  EXPECT_THAT(way_of(diagnosis), ElementsAre(bad, unknown, unknown, unknown));
}

}  // namespace
}  // namespace gw::control
