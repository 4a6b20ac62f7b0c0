#pragma once

#include <string>

#include "base/result.h"
#include "slot/boot_entries.h"
#include "slot/health.h"

namespace gw::slot {

/// Where the firmware started us from, as firmware/boot/init has left it. text.malformed if it says neither.
Result<Slot> slot_started();
/// IMAGE_VERSION of os-release(5).
Result<std::string> image_version();

Result<BootEntries> boot_entries();
/// The firmware gets an entry for the slot, which becomes its first choice.
Result<> add_entry(Slot slot);

/// By the supervisor's own word.
Ailments look_at_box();

}  // namespace gw::slot
