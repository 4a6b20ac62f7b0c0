#include "control/noc_figures.h"

#include <gmock/gmock.h>

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
  state.board = {};
  tell_state(ledger, state, model::Generation(1));
  EXPECT_THAT(told_of(ledger, FamilyId::board_temperature), testing::IsEmpty());
  EXPECT_THAT(told_of(ledger, FamilyId::disk_wear), testing::IsEmpty());
}

}  // namespace
}  // namespace gw::control
