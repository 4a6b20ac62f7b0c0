#include "model/proof.h"

#include <algorithm>

namespace gw::model {

std::string_view to_string(ProofCase::Outcome outcome) {
  constexpr std::string_view kNames[] = {"held", "broken", "unproven"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::size_t count(const Proof& proof, ProofCase::Outcome outcome) {
  const auto is = [&](const ProofCase& one) { return one.outcome == outcome; };
  return static_cast<std::size_t>(std::count_if(proof.cases.begin(), proof.cases.end(), is));
}

bool is_whole(const Proof& proof) {
  return !proof.cases.empty() && count(proof, ProofCase::Outcome::held) == proof.cases.size();
}

}  // namespace gw::model
