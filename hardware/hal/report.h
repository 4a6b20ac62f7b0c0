#pragma once

#include <string>
#include <vector>

#include "hal/places.h"
#include "hal/profile.h"

namespace gw::hal {

/// A board as its profile has it, and as the kernel shows it, a line each; what is missing is marked `!!`.
struct Report {
  std::string text{};
  bool is_as_promised = true;
  std::vector<std::string>
      differences{};  ///< what the board is not as its profile says, whatever it measures
};
Report report_on(const Places& places, const Profile& profile);

}  // namespace gw::hal
