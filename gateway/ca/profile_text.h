#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ca/profile.h"
#include "config/problems.h"

namespace gw::ca {

/// A profile, or why there is none.
struct ReadProfile {
  std::optional<Profile> profile{};
  std::vector<config::Problem> problems{};
};

/// A profile's YAML (certs/profiles). As strict as the configuration's (architecture 6.3): every key once, no
/// unknown one, each problem with its line and column.
ReadProfile read_profile(std::string_view text);

}  // namespace gw::ca
