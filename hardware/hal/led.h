#pragma once

#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace gw::hal {

/// One light of /sys/class/leds, held by its descriptor. Lit and put out by this process alone.
class Led {
 public:
  /// The first whose name fits the pattern (`*`). Whatever blinked it before is told to leave it alone.
  /// file.unreadable if there is none, or it cannot be written.
  static Result<Led> open(const std::string& sys, const std::string& pattern);

  void set(bool lit);

 private:
  Led(UniqueFd brightness, std::string full) : brightness_(std::move(brightness)), full_(std::move(full)) {}

  UniqueFd brightness_;
  std::string full_;  // what the kernel calls as bright as it gets
  std::optional<bool> lit_{};
};

}  // namespace gw::hal
