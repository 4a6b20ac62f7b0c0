#pragma once

#include <linux/input.h>

#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "hal/profile.h"
#include "hal/reset_button.h"

namespace gw::hal {

/// What an event of the kernel says of that key; nothing if it is of something else, or repeats itself.
std::optional<ResetButton::Act> act_of(const input_event& event, std::uint16_t key);

/// A button as the kernel's input layer has it (evdev), held by its descriptor.
class Input {
 public:
  /// The device of that name. file.unreadable if there is none.
  static Result<Input> open(const std::string& sys, const std::string& dev, const Button& button);

  int fd() const { return device_.get(); }
  /// What has happened since; never waits.
  std::vector<ResetButton::Act> take() const;

 private:
  Input(UniqueFd device, std::uint16_t key) : device_(std::move(device)), key_(key) {}
  UniqueFd device_;
  std::uint16_t key_;
};

}  // namespace gw::hal
