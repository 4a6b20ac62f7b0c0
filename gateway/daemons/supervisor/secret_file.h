#pragma once

#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace gw::supervisor {

/// A file of 32 random octets in the state folder, for root alone, opened to read; made when it is missing.
/// Whoever needs the secret is handed the descriptor; it is read here by nobody.
Result<UniqueFd> open_secret(const std::string& folder, const std::string& name);

}  // namespace gw::supervisor
