#pragma once

#include <string>

#include "hal/places.h"

namespace gw::bring_up {

/// A board profile (hardware/boards) of what the kernel shows of this machine, as a beginning: names of
/// ports, lights and bounds are guesses for whoever stands before it to put right. Always reads as a profile
/// if the machine has an interface and says who it is.
std::string profile_text(const hal::Places& places);

}  // namespace gw::bring_up
