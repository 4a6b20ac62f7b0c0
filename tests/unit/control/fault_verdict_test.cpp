// Which side is broken follows of what was measured, and of nothing else (DEM-03).

#include "control/fault_verdict.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <utility>

namespace gw::control {
namespace {

using enum ObservationId;
using State = FaultVerdict::State;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Standing good = Standing::good, bad = Standing::bad, unknown = Standing::unknown;

/// Everything was measured, for two services, and nothing is wrong.
std::vector<Observation> all_good() {
  std::vector<Observation> out;
  for (std::size_t i = 0; i < observation_count(); ++i)
    for (const char* service : {"karte/emr", "karte/images"}) {
      const auto id = static_cast<ObservationId>(i);
      if (id == terminal_date || id == trial_name_allowed || id == trial_revocation) continue;
      out.push_back({id, good, service});
      if (!to_string(id).starts_with("trial_")) break;
    }
  return out;
}

/// The same after something else was measured; of the first service, if it is about one.
std::vector<Observation> with(std::vector<Observation> all,
                              std::vector<std::pair<ObservationId, Standing>> other) {
  for (const auto& [id, standing] : other) {
    const auto found = std::ranges::find(all, id, &Observation::id);
    if (found != all.end())
      found->standing = standing;
    else
      all.push_back({id, standing, "karte/emr"});
  }
  return all;
}

/// What is left of a service's trial that ended there.
std::vector<Observation> ended_at(std::vector<Observation> all, ObservationId end) {
  for (Observation& one : all)
    if (one.about == "karte/emr" && one.id >= end && to_string(one.id).starts_with("trial_"))
      one.standing = unknown;
  return with(std::move(all), {{end, bad}});
}

TEST(FaultVerdictTest, where_all_is_measured_and_nothing_is_bad_all_is_well) {
  const FaultVerdict verdict = verdict_on(all_good());
  EXPECT_EQ(verdict.state, State::sound);
  for (std::size_t i = 0; i < kSides; ++i)  // a name may have been remembered
    EXPECT_EQ(verdict.sides[i],
              static_cast<Side>(i) == Side::dns ? SideStanding::unknown : SideStanding::good)
        << i;
  EXPECT_THAT(verdict.reasons, IsEmpty());
}

TEST(FaultVerdictTest, where_nothing_was_measured_nobody_says_anything) {
  EXPECT_EQ(verdict_on({}).state, State::unknown);
  EXPECT_THAT(verdict_on({}).sides, testing::Each(SideStanding::unknown));
  for (const Observation& one : all_good()) {
    const FaultVerdict verdict = verdict_on({{one.id, unknown, one.about}});
    EXPECT_EQ(verdict.state, State::unknown);
  }
}

/// A fault, and what follows of it.
struct Row {
  const char* what;
  std::vector<Observation> seen;
  std::vector<std::string> broken, among;
};

std::vector<Row> rows() {
  const auto all = all_good();
  const auto line_unknown = with(all, {{line_carries, unknown}});
  return {
      {"a terminal's certificate is of another authority",
       with(all, {{terminal_identity, bad}}),
       {"terminal"},
       {}},
      {"a terminal's certificate has ended", with(all, {{terminal_date, bad}}), {"terminal"}, {}},
      {"the same, and whether the box's clock is right is not known",
       with(all, {{terminal_date, bad}, {box_clock, unknown}}),
       {},
       {"terminal", "box"}},
      {"the clinic's cable is out", with(all, {{lan_link, bad}}), {"clinic_lan"}, {}},
      {"a process is down", with(all, {{box_processes, bad}}), {"box"}, {}},
      {"the clock is behind", with(all, {{box_clock, bad}}), {"box"}, {}},
      {"a certificate of the box has ended", with(all, {{box_certificates, bad}}), {"box"}, {}},
      {"the line's cable is out", with(line_unknown, {{wan_link, bad}}), {"line"}, {}},
      {"the router is silent", with(line_unknown, {{gateway_answers, bad}}), {"line"}, {}},
      {"nobody lends an address", with(line_unknown, {{wan_lease, bad}}), {"line"}, {}},
      {"a name is not resolved, and the line carries", ended_at(all, trial_name), {"dns"}, {}},
      {"a name is not resolved, and nothing shows that the line carries",
       ended_at(line_unknown, trial_name),
       {},
       {"line", "dns"}},
      {"one service is silent, another is reached", ended_at(all, trial_connection), {"cloud_edge"}, {}},
      {"all services are silent", ended_at(line_unknown, trial_connection), {}, {"line", "cloud_edge"}},
      {"all services are silent, and so is the router",
       with(ended_at(line_unknown, trial_connection), {{gateway_answers, bad}}),
       {"line"},
       {}},
      {"the service refuses connections", ended_at(all, trial_door), {"service"}, {}},
      {"the service's certificate has ended", ended_at(all, trial_date), {"service"}, {}},
      {"the same, and the box's clock is behind",
       with(ended_at(all, trial_date), {{box_clock, bad}}),
       {"box"},
       {}},
      {"somebody else answers", ended_at(all, trial_identity), {}, {"line", "cloud_edge", "service"}},
      {"the cloud refuses the box's certificate", ended_at(all, trial_terms), {}, {"box", "service"}},
      {"the cloud is silent behind the connection",
       ended_at(all, trial_handshake),
       {},
       {"cloud_edge", "service"}},
  };
}

TEST(FaultVerdictTest, each_fault_is_told_as_far_as_it_was_measured) {
  for (const Row& row : rows()) {
    const FaultVerdict verdict = verdict_on(row.seen);
    EXPECT_EQ(verdict.broken.to_texts(), row.broken) << row.what;
    EXPECT_EQ(verdict.among.to_texts(), row.among) << row.what;
    EXPECT_EQ(verdict.state, row.broken.empty() ? State::unclear : State::broken) << row.what;
  }
}

TEST(FaultVerdictTest, two_faults_are_both_told) {
  const FaultVerdict verdict = verdict_on(with(ended_at(all_good(), trial_door), {{lan_link, bad}}));
  EXPECT_THAT(verdict.broken.to_texts(), ElementsAre("clinic_lan", "service"));
}

TEST(FaultVerdictTest, what_nobody_needs_may_be_unknown_and_what_is_needed_may_not) {
  EXPECT_EQ(verdict_on(with(all_good(), {{gateway_answers, unknown}})).state, State::sound);
  EXPECT_EQ(verdict_on(with(all_good(), {{box_clock, unknown}})).state, State::unknown);
  EXPECT_EQ(verdict_on(with(all_good(), {{trial_connection, unknown}})).state, State::unknown);
}

bool is_within(const Sides& few, const Sides& many) {
  for (const std::string& one : few.to_texts())
    if (std::ranges::count(many.to_texts(), one) == 0) return false;
  return true;
}

/// To know less never makes it blame more, and to know less good never makes it say that all is well.
TEST(FaultVerdictTest, taking_an_observation_away_blames_nobody_who_was_not_blamed_before) {
  std::mt19937 chance(20261130);
  const auto some = [&](unsigned below) {
    return std::uniform_int_distribution<unsigned>(0, below - 1)(chance);
  };
  for (int round = 0; round < 4'000; ++round) {
    std::vector<Observation> seen;
    const unsigned many = 1 + some(12);
    for (unsigned i = 0; i < many; ++i)
      seen.push_back({static_cast<ObservationId>(some(static_cast<unsigned>(observation_count()))),
                      static_cast<Standing>(some(3)), std::to_string(some(2))});
    const FaultVerdict before = verdict_on(seen);
    for (Observation& one : seen) {
      const Standing was = std::exchange(one.standing, unknown);
      const FaultVerdict after = verdict_on(seen);
      one.standing = was;
      EXPECT_TRUE(is_within(after.broken, before.broken)) << to_string(one.id);
      EXPECT_LE(was == good && after.state == State::sound, before.state == State::sound)
          << to_string(one.id);
      for (std::size_t side = 0; side < kSides; ++side)
        EXPECT_LE(after.sides[side] == SideStanding::bad, before.sides[side] == SideStanding::bad);
    }
  }
}

}  // namespace
}  // namespace gw::control
