#pragma once

#include <vector>

#include "accounts/account.h"
#include "backup/part.h"
#include "base/result.h"

namespace gw::backup {

// Accounts as a part: lines of text that an auditor can read. Passwords are hashes, certificates
// fingerprints. What opens on the box alone that made it stays there: secrets of authenticator apps, recovery
// codes and invitations.

Part part_of(const std::vector<accounts::Account>& accounts);

/// Out of all parts of a backup, as they are on another box: whoever had an authenticator app and no
/// certificate is left without a second factor, so he is invited, without a code, until somebody resets him
/// (ADM-09). Nobody is locked. backup.malformed.
Result<std::vector<accounts::Account>> accounts_in(const std::vector<Part>& parts);

}  // namespace gw::backup
