#include "model/proof_tally.h"

namespace gw::model {

std::map<ProofGroup, ProofTally> tally(const Proof& proof) {
  std::map<ProofGroup, ProofTally> out;
  for (const ProofCase& one : proof.cases)
    ++out[{one.way, one.place, one.tenant}][static_cast<std::size_t>(one.outcome)];
  return out;
}

}  // namespace gw::model
