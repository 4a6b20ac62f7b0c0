#pragma once

#include "base/event.h"
#include "detect/episodes.h"

namespace gw::detect {

/// As it is written down.
Event event_of(const Telling& telling);
/// That nobody has acknowledged it in time.
Event unseen_of(const Episode& episode);
/// That somebody has; `note`: what he found and did.
Event seen_of(const Episode& episode, std::string_view by, std::string_view note);

}  // namespace gw::detect
