#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace gw::hal {

/// The partition from which this machine's root comes, whatever udev calls it and whatever else is plugged
/// in: of the mapping (dm-verity) that stands at `root`, the one that it stands on. Its folder in sysfs,
/// whose parent is its disk's. file.unreadable if the root is no mapping of one partition.
Result<std::filesystem::path> root_partition(const std::string& root);

/// IMAGE_VERSION of the os-release(5) beneath `root`. text.malformed if it says none.
Result<std::string> image_version(const std::string& root);

}  // namespace gw::hal
