#include "cli/isolation_text.h"

#include "base/clock.h"
#include "cli/columns.h"
#include "cli/texts.h"
#include "model/proof_tally.h"

namespace gw::cli {
namespace {

using Outcome = model::ProofCase::Outcome;
/// In the order of Outcome.
constexpr Text kOutcomes[] = {Text::case_held, Text::case_broken, Text::case_unproven};

std::string name_of(const model::ProofGroup& group, Language language) {
  if (group.tenant.empty()) return group.way + " " + group.place;
  return said(language, Text::group_of_tenant, {group.way, group.place, group.tenant});
}

std::string line_of(const model::ProofGroup& group, const model::ProofTally& outcomes, Language language) {
  const std::size_t held = outcomes[0], all = outcomes[0] + outcomes[1] + outcomes[2];
  const std::string verdict = said(language, held == all ? Text::group_held : Text::group_not_all);
  return "  " + padded(verdict, 8) +
         said(language, Text::group_count,
              {std::to_string(held), std::to_string(all), name_of(group, language)});
}

std::string line_of(const model::ProofCase& one, Language language) {
  return said(language, kOutcomes[static_cast<std::size_t>(one.outcome)]) + ": " +
         name_of({one.way, one.place, one.tenant}, language) + ": " + one.tried + ": " + one.evidence + "\n";
}

std::string sum_of(const model::Proof& proof, Language language) {
  const auto number = [&](Outcome outcome) { return std::to_string(count(proof, outcome)); };
  return said(language, Text::isolation_sum,
              {number(Outcome::held), std::to_string(proof.cases.size()), number(Outcome::broken),
               number(Outcome::unproven)});
}

}  // namespace

std::string to_text(const model::Proof& proof, Language language) {
  std::string out =
      said(language, Text::isolation_of,
           {proof.site, std::to_string(proof.generation.number()), to_timestamp(CivilTime(proof.began))});
  for (const auto& [group, outcomes] : tally(proof)) out += line_of(group, outcomes, language);
  for (const model::ProofCase& one : proof.cases)
    if (one.outcome != Outcome::held) out += line_of(one, language);
  return out + sum_of(proof, language);
}

}  // namespace gw::cli
