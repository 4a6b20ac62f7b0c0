#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "slot/boot_entries.h"
#include "slot/health.h"

namespace gw::slot {

/// Where the firmware started us from, as firmware/boot/init has left it. text.malformed if it says neither.
Result<Slot> slot_started();

/// Reads all of the running root beside the kernel and compares it with the digest that was signed: whether
/// it is as it was made. An error says why nobody knows.
Result<bool> is_root_whole();

Result<BootEntries> boot_entries();
/// The firmware gets an entry for the slot, as its first choice or beside its order.
enum class Place : char { first, beside };
Result<> add_entry(Slot slot, Place place);
/// The next start is that of the firmware's order, whatever was asked for.
Result<> forget_next_start(const BootEntries& entries);

/// By the supervisor's own word.
Ailments look_at_box();
/// The state partition was opened, and is where it belongs.
bool has_state();
/// Since the machine's start.
std::chrono::seconds up_for();

}  // namespace gw::slot
