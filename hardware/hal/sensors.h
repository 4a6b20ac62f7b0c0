#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "hal/profile.h"
#include "model/board_state.h"

namespace gw::hal {

/// A chip of /sys/class/hwmon.
struct Chip {
  std::string folder{};
  std::string place{};  ///< of its device, beneath /sys/devices, and its name: "…/coretemp.0/coretemp"
};
/// All, in the order of their places, which stays the same whatever numbers the kernel gives them.
std::vector<Chip> chips_in(const std::string& sys);
/// Those of them that a profile calls so: by the last of its place, or with a slash by more of it.
std::vector<Chip> chips_like(const std::string& sys, const std::string& name);

/// What hwmon measures on this board, held by descriptors.
class Sensors {
 public:
  /// Those of the profile that are there; `missing` gets the names of the others.
  static Sensors open(const std::string& sys, const std::vector<Sensor>& wanted,
                      std::vector<std::string>& missing);

  /// All that can be read now.
  std::vector<model::BoardReading> read() const;

 private:
  struct Open {
    Sensor sensor{};
    UniqueFd input{};
  };
  std::vector<Open> open_{};
};

/// A measurement as hwmon has it: thousandths of a degree, turns a minute. Nothing of text that is none.
std::optional<model::BoardReading> reading_of(const Sensor& sensor, std::string_view text);

}  // namespace gw::hal
