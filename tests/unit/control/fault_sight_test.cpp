// What was measured, and what was not, out of everything that the supervisor says (DEM-03).

#include "control/fault_sight.h"

#include <gmock/gmock.h>

namespace gw::control::web {
namespace {

using enum ObservationId;
using model::CloseReason;
using testing::Not;

model::ServiceTrial trial(CloseReason outcome, std::string service = "emr") {
  model::ServiceTrial out{
      .tenant = "karte", .service = std::move(service), .by_name = true, .outcome = outcome};
  if (outcome == CloseReason::finished) out.tls = "TLSv1.3";
  return out;
}

model::Endpoint endpoint(const char* address) { return {*model::IpAddress::parse(address), 443}; }

class FaultSightTest : public testing::Test {
 protected:
  static constexpr std::chrono::milliseconds kNow{1'800'000'000'000};

  FaultSightTest() {
    diagnosis.trials.began = diagnosis.trials.ended = kNow - std::chrono::minutes(1);
    network.roll.ports = {{.side = model::NetworkRoll::Side::wan,
                           .interface = "wan0",
                           .addresses = {*model::Prefix::parse("198.51.100.2/24")},
                           .gateways = {*model::IpAddress::parse("198.51.100.1")}},
                          {.side = model::NetworkRoll::Side::lan, .segment = "desks", .interface = "lan0"}};
    network.sights[1].links = {{.interface = "wan0", .up = true, .carrier = true}};
    network.sights[0].links = {{.interface = "lan0", .up = true, .carrier = true}};
    rules.rows = {{.tenant = "karte", .service = "emr"}};
  }
  std::vector<Observation> seen() const {
    return observations_in({diagnosis, network, certificates, rules, {}, {}, kNow});
  }
  Standing standing(ObservationId id, std::string_view about = {}) const {
    for (const Observation& one : seen())
      if (one.id == id && (about.empty() || one.about == about)) return one.standing;
    return Standing::unknown;
  }

  ipc::op::Diagnosis diagnosis{};
  NetworkLook network{};
  model::CertificateRoll certificates{};
  model::RuleRoll rules{};
};

TEST_F(FaultSightTest, a_service_that_was_not_tried_is_not_known) {
  EXPECT_EQ(standing(trial_connection, "karte/emr"), Standing::unknown);
  diagnosis.trials.trials = {trial(CloseReason::finished)};
  EXPECT_EQ(standing(trial_connection, "karte/emr"), Standing::good);
  diagnosis.trials.ended = kNow - std::chrono::minutes(16);
  EXPECT_EQ(standing(trial_connection, "karte/emr"), Standing::unknown) << "that was long ago";
}

TEST_F(FaultSightTest, a_trial_shows_what_it_passed_and_accuses_where_it_ended) {
  const std::pair<CloseReason, ObservationId> kEnds[] = {
      {CloseReason::key_unavailable, trial_box},
      {CloseReason::upstream_unresolved, trial_name},
      {CloseReason::upstream_timeout, trial_connection},
      {CloseReason::upstream_refused, trial_door},
      {CloseReason::upstream_tls_timeout, trial_handshake}};
  for (const auto& [outcome, end] : kEnds) {
    diagnosis.trials.trials = {trial(outcome)};
    for (const auto& [ignored, stage] : kEnds)
      EXPECT_EQ(standing(stage), stage < end    ? Standing::good
                                 : stage == end ? Standing::bad
                                                : Standing::unknown)
          << to_string(outcome) << " " << to_string(stage);
  }
}

TEST_F(FaultSightTest, every_end_of_a_trial_accuses_somebody_and_once) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(model::last_close_reason()); ++i) {
    diagnosis.trials.trials = {trial(static_cast<CloseReason>(i))};
    int bad = 0;
    for (const Observation& one : seen())
      bad += to_string(one.id).starts_with("trial_") && one.standing == Standing::bad ? 1 : 0;
    EXPECT_EQ(bad, static_cast<CloseReason>(i) == CloseReason::finished ? 0 : 1)
        << to_string(static_cast<CloseReason>(i));
  }
}

TEST_F(FaultSightTest,
       what_is_no_handshake_of_the_boxs_shows_nothing_of_the_service_behind_its_door) {  // NET-07
  diagnosis.trials.trials = {trial(CloseReason::finished)};
  diagnosis.trials.trials[0].tls.clear();
  EXPECT_EQ(standing(trial_door), Standing::good);
  EXPECT_EQ(standing(trial_handshake), Standing::unknown);
  EXPECT_EQ(standing(trial_identity), Standing::unknown);
}

TEST_F(FaultSightTest, only_what_answered_beyond_the_gateway_shows_that_the_line_carries) {
  diagnosis.trials.trials = {trial(CloseReason::finished)};
  EXPECT_EQ(standing(line_carries), Standing::unknown) << "nobody says who answered";
  diagnosis.trials.trials[0].remote = endpoint("198.51.100.9");
  EXPECT_EQ(standing(line_carries), Standing::unknown) << "that is this side of the gateway";
  diagnosis.trials.trials[0].remote = endpoint("203.0.113.9");
  EXPECT_EQ(standing(line_carries), Standing::good);
  network.sights[1].links[0].carrier = false;
  EXPECT_EQ(standing(line_carries), Standing::unknown) << "that was before the cable was out";
}

TEST_F(FaultSightTest, a_gateway_is_silent_only_if_it_was_asked_for) {
  const auto gateway = *model::IpAddress::parse("198.51.100.1");
  EXPECT_EQ(standing(gateway_answers), Standing::unknown);
  network.sights[1].links[0].answering = {gateway};
  EXPECT_EQ(standing(gateway_answers), Standing::good);
  network.sights[1].links[0].answering.clear();
  network.sights[1].links[0].silent = {gateway};
  EXPECT_EQ(standing(gateway_answers), Standing::bad);
}

TEST_F(FaultSightTest, cables_and_ports_are_told_apart) {
  network.sights[0].links[0].carrier = false;
  EXPECT_EQ(standing(lan_link, "lan0"), Standing::bad);
  EXPECT_EQ(standing(box_ports, "lan0"), Standing::good);
  network.sights[0].links.clear();
  EXPECT_EQ(standing(lan_link, "lan0"), Standing::unknown);
  EXPECT_EQ(standing(box_ports, "lan0"), Standing::bad);
}

TEST_F(FaultSightTest, a_certificate_of_the_box_that_has_ended_is_its_own_fault) {
  model::CertificateRoll::Own own;
  own.certificate = {.subject = "CN=box", .ends = std::chrono::floor<std::chrono::seconds>(kNow)};
  certificates.own = {own};
  EXPECT_EQ(standing(box_certificates), Standing::bad);
  certificates.own[0].certificate->ends += std::chrono::hours(1);
  EXPECT_EQ(standing(box_certificates), Standing::good);
}

}  // namespace
}  // namespace gw::control::web
