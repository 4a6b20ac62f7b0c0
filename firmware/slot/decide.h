#pragma once

#include <optional>
#include <string>

#include "slot/boot_entries.h"
#include "slot/progress.h"

namespace gw::slot {

// What follows from what is known, without looking at anything. `here` is the slot that runs.

/// A new image that was written, and has its one start now. A slot that runs for any other reason, such as a
/// first choice that the firmware could not start, is on no trial.
bool is_on_trial(Slot here, const BootEntries& entries, const std::optional<Progress>& last);

/// What became of an update that was under way when the box stopped; nothing if none was, or if it is on
/// trial.
struct Outcome {
  Progress::Stage stage = Progress::Stage::lost;
  std::string because{};
};
std::optional<Outcome> outcome_of(Slot here, bool is_trial, const std::optional<Progress>& last);

/// Why a bundle (SHA-256 of its file) is not installed; empty if it may be.
std::string objection_to(const std::string& bundle, bool is_trial, const std::optional<Progress>& last);

}  // namespace gw::slot
