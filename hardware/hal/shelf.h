#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/places.h"
#include "hal/profile.h"
#include "model/board_state.h"

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

/// What of a board stays as it is. Of its button it is known that there is one, and no more.
model::BoardState told_of(const Profile& profile);
/// Leaves that for the supervisor, until a panel tells more.
Result<> tell(const Places& places, const Profile& profile);

}  // namespace gw::hal
