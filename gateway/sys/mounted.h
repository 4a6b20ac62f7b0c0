#pragma once

#include <string>

namespace gw::sys {

/// Whether something is mounted at that folder (statx(2)), also a folder of the same file system.
bool is_mounted(const std::string& folder);

}  // namespace gw::sys
