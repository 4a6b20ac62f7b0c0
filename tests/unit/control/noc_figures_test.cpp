#include "control/noc_figures.h"

#include <gmock/gmock.h>

#include "control/path_times.h"

namespace gw::control {
namespace {

using metrics::FamilyId;
using model::BoardReading;

std::map<std::string, double> told_of(const metrics::Ledger& ledger, FamilyId family) {
  std::map<std::string, double> out;
  for (const metrics::Sample& sample : ledger.snapshot({}).samples)
    if (sample.family == family) out[sample.labels.at(0)] = sample.value;
  return out;
}

TEST(NocFigures, what_the_board_measures_is_told_and_a_sensor_that_is_gone_no_more) {
  metrics::Ledger ledger;
  ipc::op::State state;
  state.board = {"vendor-model",
                 {{BoardReading::Kind::temperature, "processor", 51, true},
                  {BoardReading::Kind::fan, "case", 900, true},
                  {BoardReading::Kind::disk_wear, "mmcblk0", 20, true}}};
  tell_state(ledger, state, model::Generation(1));
  EXPECT_THAT(told_of(ledger, FamilyId::board_temperature),
              testing::ElementsAre(testing::Pair("processor", 51)));
  EXPECT_THAT(told_of(ledger, FamilyId::board_fan), testing::ElementsAre(testing::Pair("case", 900)));
  EXPECT_THAT(told_of(ledger, FamilyId::disk_wear), testing::ElementsAre(testing::Pair("mmcblk0", 0.2)));
  EXPECT_THAT(told_of(ledger, FamilyId::board_attention),
              testing::UnorderedElementsAre(testing::Pair("temperature", 0), testing::Pair("fan", 0),
                                            testing::Pair("disk_wear", 0)));
  state.board.readings = {{BoardReading::Kind::temperature, "processor", 99, false},
                          {BoardReading::Kind::temperature, "board", 40, true}};
  tell_state(ledger, state, model::Generation(1));
  EXPECT_THAT(told_of(ledger, FamilyId::board_attention),
              testing::ElementsAre(testing::Pair("temperature", 1)));
  state.board = {};
  tell_state(ledger, state, model::Generation(1));
  EXPECT_THAT(told_of(ledger, FamilyId::board_temperature), testing::IsEmpty());
  EXPECT_THAT(told_of(ledger, FamilyId::disk_wear), testing::IsEmpty());
  EXPECT_THAT(told_of(ledger, FamilyId::board_attention), testing::IsEmpty());
}

/// Of a family without labels: its one value.
std::optional<double> value_of(const metrics::Ledger& ledger, FamilyId family) {
  for (const metrics::Sample& sample : ledger.snapshot({}).samples)
    if (sample.family == family) return sample.value;
  return std::nullopt;
}

TEST(NocFigures, an_image_is_told_with_how_far_the_last_update_came) {
  metrics::Ledger ledger;
  tell_update(ledger, {});
  EXPECT_THAT(told_of(ledger, FamilyId::update), testing::IsEmpty()) << "it runs from no image of ours";
  EXPECT_FALSE(value_of(ledger, FamilyId::boot_fallback));
  tell_update(ledger, {"2026.11", "a", false, {}});
  EXPECT_THAT(told_of(ledger, FamilyId::update), testing::ElementsAre(testing::Pair("none", 1)));
  EXPECT_EQ(value_of(ledger, FamilyId::boot_fallback), 0);
  model::UpdateState state{"2026.11", "a", false, {}};
  state.last = model::UpdateState::Last{model::UpdateStage::given_up, "b", "worse"};
  state.is_fallback = true;
  tell_update(ledger, state);
  EXPECT_THAT(told_of(ledger, FamilyId::update), testing::ElementsAre(testing::Pair("given_up", 1)));
  EXPECT_EQ(value_of(ledger, FamilyId::boot_fallback), 1);
}

TEST(NocFigures, an_open_maintenance_is_told_with_its_end_and_an_emergency_until_it_is_approved) {
  using maintenance::Request;
  using maintenance::State;
  const CivilTime noon{std::chrono::hours(12)};
  const auto request = [&](State state, std::chrono::hours until) {
    Request out;
    out.state = state;
    out.draft.until = noon + until;
    return out;
  };
  metrics::Ledger ledger;
  tell_maintenance(ledger, {request(State::approved, std::chrono::hours(1))});
  EXPECT_FALSE(value_of(ledger, FamilyId::maintenance_ends)) << "nobody is in";
  EXPECT_EQ(value_of(ledger, FamilyId::maintenance_unapproved), 0);
  std::vector<Request> pending{request(State::open, std::chrono::hours(3)),
                               request(State::open, std::chrono::hours(2))};
  pending.front().is_emergency = true;
  tell_maintenance(ledger, pending);
  EXPECT_EQ(value_of(ledger, FamilyId::maintenance_ends), 14 * 3600);
  EXPECT_EQ(value_of(ledger, FamilyId::maintenance_unapproved), 1);
  pending.front().is_approved = true;
  tell_maintenance(ledger, {pending.front()});
  EXPECT_EQ(value_of(ledger, FamilyId::maintenance_unapproved), 0);
  tell_maintenance(ledger, {});
  EXPECT_FALSE(value_of(ledger, FamilyId::maintenance_ends));
}

TEST(NocFigures, of_revocation_lists_the_first_to_be_stale_is_told) {
  metrics::Ledger ledger;
  model::CertificateRoll roll;
  for (const int at : {900, 300, 600}) {
    roll.lists.emplace_back();
    roll.lists.back().stale_at = std::chrono::seconds(at);
  }
  tell_certificates(ledger, roll, {});
  EXPECT_EQ(value_of(ledger, FamilyId::revocation_stale), 300);
  tell_certificates(ledger, {}, {});
  EXPECT_FALSE(value_of(ledger, FamilyId::revocation_stale));
}

TEST(NocFigures, of_terminals_certificates_the_first_of_each_tenant_stands_beside_the_boxs) {
  metrics::Ledger ledger;
  model::CertificateRoll roll;
  roll.own.emplace_back().name = "emr";
  roll.own.back().certificate.emplace().ends = std::chrono::seconds(900);
  tell_certificates(ledger, roll, {{"karte", std::chrono::seconds(700)}});
  EXPECT_THAT(told_of(ledger, FamilyId::certificate_ends),
              testing::ElementsAre(testing::Pair("(terminals)", 700), testing::Pair("emr", 900)));
  tell_certificates(ledger, roll, {});
  EXPECT_THAT(told_of(ledger, FamilyId::certificate_ends), testing::ElementsAre(testing::Pair("emr", 900)));
}

TEST(NocFigures, paths_are_averages_of_one_round) {
  using std::chrono::milliseconds;
  metrics::Ledger ledger;
  PathTimes paths;
  paths.note({"emr", "karte"}, milliseconds(100), milliseconds(20), milliseconds(5));
  paths.note({"emr", "karte"}, milliseconds(300), milliseconds(60), milliseconds(25));
  paths.note({"pacs", "image"}, milliseconds(5), milliseconds(9), milliseconds(10));
  paths.tell(ledger);
  EXPECT_THAT(told_of(ledger, FamilyId::path_dns),
              testing::ElementsAre(testing::Pair("emr", 0.015), testing::Pair("pacs", 0.01)));
  EXPECT_THAT(told_of(ledger, FamilyId::path_tcp),
              testing::ElementsAre(testing::Pair("emr", 0.025), testing::Pair("pacs", 0)));
  EXPECT_THAT(told_of(ledger, FamilyId::path_tls),
              testing::ElementsAre(testing::Pair("emr", 0.16), testing::Pair("pacs", 0)));
  paths.tell(ledger);
  EXPECT_THAT(told_of(ledger, FamilyId::path_dns), testing::IsEmpty()) << "nobody came meanwhile";
}

}  // namespace
}  // namespace gw::control
