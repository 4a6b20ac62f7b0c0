#pragma once

#include <optional>

#include "cli/call.h"
#include "papers/profile.h"

namespace gw::cli {

/// The profile in the file that was named first; otherwise says what is wrong with it and sets the exit code.
std::optional<papers::Profile> usable_profile(const Call& call, int& code);

}  // namespace gw::cli
