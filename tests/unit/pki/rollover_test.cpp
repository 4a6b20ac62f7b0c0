#include "pki/rollover.h"

#include <gtest/gtest.h>

namespace gw::pki {
namespace {

using model::CivilSeconds;
using State = RolloverStep::State;
using What = RolloverStep::What;

constexpr std::chrono::seconds kSecond{1};
constexpr std::chrono::days kYear{365};
constexpr CivilSeconds kEnd{2'000'000'000};
constexpr CivilSeconds kNever{};

Authority old_one(CivilSeconds until = kNever) {
  return authority_of(0, {kEnd - 10 * kYear, kEnd}, {}, until);
}
Authority next_one(CivilSeconds begins = kEnd - kYear) {
  return authority_of(1, {begins, begins + 10 * kYear}, {}, {});
}

/// How the steps stand, in their order.
std::vector<State> states(const std::vector<RolloverPlan>& plans) {
  std::vector<State> out;
  for (const RolloverPlan& plan : plans)
    for (const RolloverStep& step : plan.steps) out.push_back(step.state);
  return out;
}
using States = std::vector<State>;

TEST(Rollover, an_authority_that_ends_late_needs_no_plan) {
  EXPECT_TRUE(rollovers_of({old_one()}, kEnd - kPlanAhead - kSecond).empty());
  EXPECT_EQ(rollovers_of({old_one()}, kEnd - kPlanAhead).size(), 1u);
  EXPECT_TRUE(rollovers_of({}, kEnd).empty());
}

TEST(Rollover, the_next_one_is_to_be_there_ninety_days_before) {
  EXPECT_EQ(states(rollovers_of({old_one()}, kEnd - kPlanAhead)),
            (States{State::now, State::later, State::later}));
  EXPECT_EQ(states(rollovers_of({old_one()}, kEnd - kOverlap - kSecond)),
            (States{State::now, State::later, State::later}));
  EXPECT_EQ(states(rollovers_of({old_one()}, kEnd - kOverlap)),
            (States{State::late, State::later, State::later}));
}

TEST(Rollover, without_a_next_one_everybody_is_shut_out_at_the_end) {
  EXPECT_EQ(states(rollovers_of({old_one()}, kEnd - kSecond)),
            (States{State::late, State::later, State::later}));
  EXPECT_EQ(states(rollovers_of({old_one()}, kEnd)), (States{State::late, State::late, State::now}));
}

TEST(Rollover, what_is_true_already_is_done) {
  const std::vector<Authority> both{old_one(), next_one()};
  EXPECT_EQ(states(rollovers_of(both, kEnd - kYear - kSecond)),
            (States{State::done, State::later, State::later}))
      << "it is there, and does not count yet";
  EXPECT_EQ(states(rollovers_of(both, kEnd - kYear)), (States{State::done, State::now, State::later}));
  EXPECT_EQ(states(rollovers_of(both, kEnd - kSecond)), (States{State::done, State::now, State::later}));
  EXPECT_EQ(states(rollovers_of(both, kEnd)), (States{State::done, State::done, State::now}));
}

TEST(Rollover, the_plan_has_dates) {
  const RolloverPlan plan = rollovers_of({old_one(), next_one()}, kEnd - kYear).at(0);
  EXPECT_EQ(plan.old, 0u);
  EXPECT_EQ(plan.next, 1u);
  ASSERT_EQ(plan.steps.size(), 3u);
  EXPECT_EQ(plan.steps[0].what, What::add);
  EXPECT_EQ(plan.steps[0].until, kEnd - kOverlap);
  EXPECT_EQ(plan.steps[1].what, What::change);
  EXPECT_EQ(plan.steps[1].from, kEnd - kYear);
  EXPECT_EQ(plan.steps[1].until, kEnd);
  EXPECT_EQ(plan.steps[2].what, What::remove);
  EXPECT_EQ(plan.steps[2].from, kEnd);
  EXPECT_EQ(plan.steps[2].until, kNever);
}

TEST(Rollover, what_the_configuration_says_is_an_end_too) {
  const CivilSeconds until = kEnd - 5 * kYear;
  const auto plans = rollovers_of({old_one(until), next_one(until - kYear)}, until - 2 * kYear);
  ASSERT_EQ(plans.size(), 1u) << "an end that was given while another one follows is a roll-over already";
  EXPECT_EQ(plans[0].steps[2].from, until);
  EXPECT_TRUE(rollovers_of({old_one(until)}, until - 2 * kYear).empty());
}

TEST(Rollover, a_span_does_not_make_a_certificate_live_longer) {
  const Authority one = authority_of(0, {kEnd - kYear, kEnd}, kEnd - 2 * kYear, kEnd + kYear);
  EXPECT_EQ(one.counts.begins, kEnd - kYear);
  EXPECT_EQ(one.counts.ends, kEnd);
  EXPECT_EQ(authority_of(0, {kEnd - kYear, kEnd}, kEnd - kSecond, {}).counts.begins, kEnd - kSecond);
}

TEST(Rollover, whoever_ends_first_is_no_successor) {
  const Authority same = authority_of(1, {kEnd - kYear, kEnd}, {}, {});
  const auto plans = rollovers_of({old_one(), same}, kEnd - kOverlap);
  ASSERT_EQ(plans.size(), 2u) << "both end";
  EXPECT_FALSE(plans[0].next);
  EXPECT_FALSE(plans[1].next);
  EXPECT_EQ(rollover_fault(old_one().counts, same.counts), RolloverFault::shorter);
}

TEST(Rollover, of_several_the_one_that_counts_longest_follows) {
  const Authority longest = authority_of(2, {kEnd - kYear, kEnd + 20 * kYear}, {}, {});
  EXPECT_EQ(rollovers_of({old_one(), next_one(), longest}, kEnd - kOverlap).at(0).next, 2u);
}

TEST(Rollover, a_gap_between_both_is_told) {
  EXPECT_FALSE(rollovers_of({old_one(), next_one(kEnd)}, kEnd - kOverlap).at(0).has_gap);
  const auto plans = rollovers_of({old_one(), next_one(kEnd + kSecond)}, kEnd);
  EXPECT_TRUE(plans.at(0).has_gap);
  EXPECT_EQ(states(plans), (States{State::done, State::late, State::now})) << "nobody could change";
  EXPECT_EQ(rollover_fault(old_one().counts, next_one(kEnd + kSecond).counts), RolloverFault::gap);
  EXPECT_FALSE(rollover_fault(old_one().counts, next_one(kEnd).counts));
}

}  // namespace
}  // namespace gw::pki
