#include "control/box_statement.h"

#include "audit/line.h"
#include "base/build_time.h"
#include "control/evidence_office.h"
#include "control/findings/observed.h"
#include "evidence/diagram.h"

namespace gw::control::web {
namespace {

constexpr std::size_t kMostSteps = 50;  // of adding records up, a few hundred each

}  // namespace

Result<evidence::Document> statement_of(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  // The rules known here are those that were confirmed.
  GW_TRY(const auto flying, around.changes.in_flight());
  if (flying) return Error{ErrorCode::change_in_flight};
  for (std::size_t i = 0; i < kMostSteps && around.reviews.is_behind(); ++i)
    GW_TRY(unless_full(around.reviews.tick()));
  const CivilTime now = around.clock.civil_now();
  const model::RuleRoll& rules = around.reviews.rules().rules();
  GW_TRY(auto findings, findings::all({ask, around, sight, now}));
  GW_TRY(const std::uint64_t number, around.evidence.next_number());
  const std::uint64_t generation = sight.diagnosis.state.generation.number();
  return evidence::Document{
      .number = number,
      .made = now,
      .by = ask.actor.name,
      .site = rules.site,
      .software = audit::to_jst(build_time()),
      .generation = generation,
      .is_clock_right = sight.diagnosis.state.clock.is_right(),
      .findings = std::move(findings),
      .papers = around.evidence.packs().judged,
      .diagram = evidence::diagram_of(sight.network.roll, rules,
                                      evidence::diagram_caption(number, now, generation))};
}

}  // namespace gw::control::web
