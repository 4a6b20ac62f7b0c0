#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "hal/profile.h"
#include "model/board_state.h"

namespace gw::hal {

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
