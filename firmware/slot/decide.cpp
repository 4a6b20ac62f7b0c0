#include "slot/decide.h"

#include <algorithm>

namespace gw::slot {

using Stage = Progress::Stage;

bool is_on_trial(Slot here, const BootEntries& entries, const std::optional<Progress>& last, bool has_state) {
  if (entries.first() == here) return false;
  const bool has_proved_itself = std::ranges::find(entries.order, here) != entries.order.end();
  if (!has_state) return entries.first() && !has_proved_itself;
  if (!last || last->slot != here) return false;
  return last->stage == Stage::waiting || (last->stage == Stage::installing && !has_proved_itself);
}

bool is_fallback(Slot here, bool is_trial, const BootEntries& entries) {
  return !is_trial && entries.first() && entries.first() != here;
}

std::optional<Outcome> outcome_of(Slot here, bool is_trial, const std::optional<Progress>& last) {
  if (is_trial || !last || last->is_over()) return std::nullopt;
  if (last->stage == Stage::installing)
    return Outcome{Stage::interrupted, "the box stopped while it was written"};
  if (last->slot == here) return Outcome{Stage::kept, ""};
  return Outcome{Stage::lost, "it was not let start, or its one start ended before it was well"};
}

bool may_leave(bool is_trial, const BootEntries& entries) { return is_trial || entries.has_next; }

std::string objection_to(const std::string& bundle, bool is_trial, const std::optional<Progress>& last) {
  if (is_trial) return "the running image is on trial";
  if (!last || last->bundle != bundle || !last->is_settled()) return "";
  return "this bundle was here before, and came to be " + std::string(model::word_of(last->stage));
}

}  // namespace gw::slot
