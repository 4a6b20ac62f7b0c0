#pragma once

#include <optional>

#include "base/result.h"
#include "model/update_state.h"
#include "slot/progress.h"

namespace gw::slot {

/// The last update, as the state partition has it. Nothing if there was none, or if what is there is damaged,
/// which is said.
Result<std::optional<Progress>> kept_progress();
/// On the disk when it returns.
Result<> keep(const Progress& progress);
/// For the supervisor, who makes records of it (gateway/daemons/supervisor/update_watch.h).
void tell(const model::UpdateState& state);
/// That the running image is on trial, for the unit that judges it.
void call_for_judgement();

/// On the console and in the journal.
void say(const std::string& words);

}  // namespace gw::slot
