#pragma once

#include <optional>
#include <string>

#include "slot/boot_entries.h"
#include "slot/progress.h"

namespace gw::slot {

// What follows from what is known, without looking at anything. `here` is the slot that runs.

/// A new image that was written, and has its one start now. A slot that runs for any other reason, such as a
/// first choice that the firmware could not start, is on no trial. One that nobody said to wait is, if it
/// never proved itself: power went between the firmware's being asked for it, which is the last that is done,
/// and that being kept. So is one that has no state to read that from, which an image may be the reason of.
bool is_on_trial(Slot here, const BootEntries& entries, const std::optional<Progress>& last, bool has_state);

/// Another slot is the first choice, and the firmware did not start it, or it did not come up.
bool is_fallback(Slot here, bool is_trial, const BootEntries& entries);

/// What became of an update that was under way when the box stopped; nothing if none was, or if it is on
/// trial.
struct Outcome {
  Progress::Stage stage = Progress::Stage::lost;
  std::string because{};
};
std::optional<Outcome> outcome_of(Slot here, bool is_trial, const std::optional<Progress>& last);

/// A root that is not as it was made is left if a start anew leads to another slot: that of before the
/// update, or the one that firmware/boot/init has asked for.
bool may_leave(bool is_trial, const BootEntries& entries);

/// Why a bundle (SHA-256 of its file) is not installed; empty if it may be.
std::string objection_to(const std::string& bundle, bool is_trial, const std::optional<Progress>& last);

}  // namespace gw::slot
