#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/places.h"
#include "hal/profile.h"

namespace gw::hal {

/// All profiles of a folder.
struct ProfilesFound {
  std::vector<Profile> profiles{};
  std::vector<std::string>
      passed_over{};  ///< of one that cannot be read: its file, the line, and what to write
};
ProfilesFound profiles_in(const std::string& folder);

/// For sekisho-panel, and for whoever comes later in the machine's start.
Result<> keep(const Places& places, const Profile& profile);
/// Nothing: the board is unknown.
Result<std::optional<Profile>> kept_profile(const Places& places);

}  // namespace gw::hal
