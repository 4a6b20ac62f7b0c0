#include "slot/health.h"

#include <gmock/gmock.h>

namespace gw::slot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

ipc::op::State well() {
  ipc::op::State out;
  out.kernel_rules = true;
  out.processes = {{.name = "keyd", .pid = 7, .serving = true},
                   {.name = "proxyd", .tenant = "karte", .pid = 8, .serving = true}};
  out.proof = {.ended = 1s, .held = 40};
  return out;
}

TEST(Health, box_that_serves_and_has_proved_isolation_has_nothing) {
  EXPECT_THAT(ailments_of(well()), IsEmpty());
}

TEST(Health, each_thing_the_box_answers_for_is_told_alone) {
  struct Row {
    const char* told;
    void (*spoil)(ipc::op::State&);
  };
  const Row rows[] = {
      {"proxyd of karte does not serve", [](auto& state) { state.processes[1].serving = false; }},
      {"keyd does not serve", [](auto& state) { state.processes[0].pid = 0; }},
      {"no process runs", [](auto& state) { state.processes.clear(); }},
      {"the kernel's rules are not in force", [](auto& state) { state.kernel_rules = false; }},
      {"network wan had to be put right again and again",
       [](auto& state) {
         state.drifts = {{"lan", 3}, {"wan", 4}};
       }},
      {"the clock cannot be right", [](auto& state) { state.clock.earliest = 1s; }},
      {"isolation has not been tried", [](auto& state) { state.proof = {}; }},
      {"isolation is broken", [](auto& state) { state.proof.broken = 1; }},
      {"isolation is proven in part only", [](auto& state) { state.proof.unproven = 1; }},
  };
  for (const Row& row : rows) {
    ipc::op::State state = well();
    row.spoil(state);
    EXPECT_THAT(ailments_of(state), ElementsAre(row.told));
  }
}

TEST(Health, what_was_put_right_for_what_a_hand_does_once_is_nothing) {
  ipc::op::State state = well();
  state.drifts = {{"lan", 3}, {"wan", 3}, {"mgmt", 3}};
  EXPECT_THAT(ailments_of(state), IsEmpty());
}

TEST(Health, box_that_starts_is_not_compared_with) {
  EXPECT_TRUE(has_settled(ailments_of(well())));
  EXPECT_TRUE(has_settled(ailments_without_site()));
  EXPECT_FALSE(has_settled(ailments_of_silence()));
  ipc::op::State untried = well();
  untried.proof = {};
  EXPECT_FALSE(has_settled(ailments_of(untried)));
}

TEST(Health, what_was_so_before_is_no_fault_of_the_update) {
  EXPECT_THAT(new_ones({"a", "c"}, {"a", "b"}), ElementsAre("b"));
  EXPECT_THAT(new_ones({"a"}, {}), IsEmpty());
}

}  // namespace
}  // namespace gw::slot
