#pragma once

#include "base/result.h"
#include "evidence/files.h"

namespace gw::evidence {

/// What somebody was handed: an archive as the box hands it over, the folder that it was unpacked into, or an
/// archive from standard input if `path` is empty. Of a folder no link is followed, and what is no plain file
/// has no content. No more than evidence ever is. file.too_large, backup.malformed, and the system's.
Result<std::vector<File>> received(const std::string& path);

}  // namespace gw::evidence
