#pragma once

#include "backup_file.h"

namespace gw::oneshots {

/// Puts a backup that is whole into a folder under its own name, and reads it back from the medium (BAK-02).
/// Returns its path. store.full, system.call_failed; backup.damaged if the medium gives something else back.
Result<std::string> copy_into(const BackupFile& file, const std::string& folder);

}  // namespace gw::oneshots
