#pragma once

#include "base/clock.h"

namespace gw {

/// The time of the sources this program was built from: SOURCE_DATE_EPOCH, else the last commit's. No true
/// clock shows less.
CivilTime build_time();

}  // namespace gw
