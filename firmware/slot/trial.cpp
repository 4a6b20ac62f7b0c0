#include "slot/trial.h"

#include "base/text.h"

namespace gw::slot {

std::optional<Patience> patience_of(const std::string& at_most, const std::string& well_for) {
  constexpr std::uint64_t kDay = 24 * 60 * 60;
  const auto most = parse_decimal(at_most), well = parse_decimal(well_for);
  if (!most || !well || *most > kDay || *well > *most) return std::nullopt;
  return Patience{std::chrono::seconds(*most), std::chrono::seconds(*well)};
}

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
