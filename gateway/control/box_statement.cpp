#include "control/box_statement.h"

#include "audit/line.h"
#include "base/build_time.h"
#include "control/evidence_office.h"
#include "control/findings/forms.h"
#include "control/findings/observed.h"
#include "evidence/diagram.h"
#include "model/proof_text.h"

namespace gw::control::web {
namespace {

constexpr std::size_t kMostSteps = 50;  // of adding records up, a few hundred each

/// The proof as it was signed, so that whoever was handed it can tell without the box (ISO-09). Not one that
/// came between the two answers.
std::vector<evidence::Attachment> signed_proof(const BoxSight& sight) {
  const auto& told = sight.diagnosis.state.proof;
  if (!sight.proof || sight.proof->ended != told.ended || told.signature.empty()) return {};
  return {{"proof.json", model::to_json(*sight.proof)},
          {"proof.sig", std::string(as_text(told.signature))},
          {"proof.pem", sight.certificate_state.evidence_key}};
}

}  // namespace

Result<evidence::Document> statement_of(const WebAsk& ask, const WebAround& around, const BoxSight& sight,
                                        const MonthsAsked& months) {
  // The rules known here are those that were confirmed.
  GW_TRY(const auto flying, around.changes.in_flight());
  if (flying) return Error{ErrorCode::change_in_flight};
  for (std::size_t i = 0; i < kMostSteps && around.reviews.is_behind(); ++i)
    GW_TRY(unless_full(around.reviews.tick()));
  const CivilTime now = around.clock.civil_now();
  const model::RuleRoll& rules = around.reviews.rules().rules();
  GW_TRY(auto findings, findings::all({ask, around, sight, now}));
  GW_TRY(auto forms, findings::forms_of({ask, around, sight, now}, months));
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
      .forms = std::move(forms),
      .attached = signed_proof(sight),
      .diagram = evidence::diagram_of(sight.network.roll, rules,
                                      evidence::diagram_caption(number, now, generation))};
}

}  // namespace gw::control::web
