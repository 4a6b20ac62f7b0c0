#include "slot/trial.h"

namespace gw::slot {

Trial::Verdict Trial::look(std::chrono::seconds since_start, const Ailments& seen) {
  objections_ = new_ones(before_, seen);
  if (!objections_.empty()) {
    well_since_.reset();
    return since_start >= patience_.at_most ? Verdict::give_up : Verdict::wait;
  }
  if (!well_since_) well_since_ = since_start;
  return since_start - *well_since_ >= patience_.well_for ? Verdict::keep : Verdict::wait;
}

std::string Trial::objection() const {
  std::string out;
  for (const std::string& one : objections_) out += (out.empty() ? "" : "; ") + one;
  return out;
}

}  // namespace gw::slot
