#pragma once

#include "hal/places.h"

// What only somebody who stands before the board can tell.

namespace gw::bring_up {

/// Each light of the machine blinks five times in turn, and its name is said.
void blink(const hal::Places& places);
/// Which key of which input device is touched, for ten seconds.
void press(const hal::Places& places);

}  // namespace gw::bring_up
