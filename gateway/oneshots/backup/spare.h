#pragma once

#include "backup_file.h"
#include "config/sources.h"

namespace gw::oneshots {

/// What came of it, for whoever goes on.
struct Restored {
  std::vector<std::string> to_reset{};  ///< accounts that have no second factor any more
  bool is_claimed = false;  ///< an administrator can sign in, so the label's secret counts no more
};

/// Makes of a good backup what a box starts with: its configuration's folder, and a state folder with the
/// accounts and a chain of records that begins with the backup (BAK-03). The box's own file of its label may
/// lie in the state folder already. restore.not_empty before anything is written; restore.failed.
Result<Restored> restore_spare(const BackupFile& file, const config::Sources& sources,
                               const Options& options);

}  // namespace gw::oneshots
