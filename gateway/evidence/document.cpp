#include "evidence/document.h"

#include <algorithm>

#include "base/check.h"

namespace gw::evidence {

const Finding& finding_of(const Document& document, packs::FactId fact) {
  const auto place = static_cast<std::size_t>(fact);
  GW_CHECK(place < document.findings.size() && document.findings[place].fact == fact,
           "a document holds a finding for each fact, in their order");
  return document.findings[place];
}

State state_of(const Document& document, const packs::Row& row) {
  if (row.answers.empty()) return State::unknown;
  State state = State::shown;
  for (const packs::FactId fact : row.answers) state = worse(state, finding_of(document, fact).state);
  return state;
}

std::size_t count(const Document& document, State state) {
  return static_cast<std::size_t>(std::ranges::count(document.findings, state, &Finding::state));
}

}  // namespace gw::evidence
