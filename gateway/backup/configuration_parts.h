#pragma once

#include <vector>

#include "backup/part.h"
#include "base/result.h"
#include "config/sources.h"

namespace gw::backup {

// The sealed sources of a configuration as parts: its text, its files by number, since a path is somebody's
// own text, and the paths in the order of the numbers. What is restored compiles to the very same thing.

/// backup.part_unsuitable if a path could not be told from two.
Result<std::vector<Part>> parts_of(const config::Sources& sources);
/// Out of all parts of a backup; other parts are passed over. backup.malformed.
Result<config::Sources> sources_in(const std::vector<Part>& parts);

}  // namespace gw::backup
