#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"

namespace gw::hal {

/// The names in /sys/class/leds that fit a profile's pattern (`*`), in their order: by the name, or where the
/// pattern has a slash by the end of the light's place, since two keyboards call their lights alike.
std::vector<std::string> lights_like(const std::string& sys, const std::string& pattern);

/// One light of /sys/class/leds, held by its descriptor. Lit and put out by this process alone.
class Led {
 public:
  /// The first that fits the pattern. Whatever blinked it before is told to leave it alone.
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
