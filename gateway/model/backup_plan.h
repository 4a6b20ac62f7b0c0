#pragma once

#include <string>

#include "model/layout.h"

namespace gw::model {

/// What controld knows of a configuration: whose backups it makes, and for whom.
struct BackupPlan {
  std::string site{};
  Backup backup{};

  friend bool operator==(const BackupPlan&, const BackupPlan&) = default;
};
inline constexpr std::size_t kMostBackupPlan = kMaxBackupRecipients * (kMaxPem + 8 * 1024);

template <class Io>
void visit(Io& io, BackupPlan& p) {
  io.text(p.site, kMaxName);
  io.field(p.backup);
}

}  // namespace gw::model
