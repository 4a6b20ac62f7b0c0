#pragma once

#include <vector>

#include "backup/opening.h"
#include "options.h"

namespace gw::oneshots {

/// A backup as somebody holds it: its octets, what was found out, and with a key its parts.
struct BackupFile {
  std::vector<std::uint8_t> octets{};
  backup::Opened opened{};
};

/// file.unreadable, certificate.unreadable, key.unreadable. Whether it is good its report says.
Result<BackupFile> read_backup(const Options& options);

}  // namespace gw::oneshots
