#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <map>
#include <string>

#include "model/proof.h"

namespace gw::model {

/// The cases of a proof that differ only in what was tried.
struct ProofGroup {
  std::string way, place, tenant;  ///< as in ProofCase
  friend auto operator<=>(const ProofGroup&, const ProofGroup&) = default;
};

/// How many cases ended how, in the order of ProofCase::Outcome.
using ProofTally = std::array<std::size_t, 3>;

std::map<ProofGroup, ProofTally> tally(const Proof& proof);

}  // namespace gw::model
