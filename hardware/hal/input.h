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

/// What happened to a button, and when.
struct Touch {
  ResetButton::Act act = ResetButton::Act::lost;
  std::optional<Instant> at{};  ///< by the kernel; nothing: it does not say it on our clock
};

/// A button as the kernel's input layer has it (evdev), held by its descriptor.
class Input {
 public:
  /// The device of that name. file.unreadable if there is none.
  static Result<Input> open(const std::string& sys, const std::string& dev, const Button& button);

  /// -1: the device has gone.
  int fd() const { return device_.get(); }
  /// What has happened since; never waits. Where the kernel dropped events, that is told, and what came
  /// before the next whole report is not.
  std::vector<Touch> take();
  /// The device has gone.
  void let_go() { device_.reset(); }

 private:
  Input(UniqueFd device, std::uint16_t key, bool is_timed)
      : device_(std::move(device)), key_(key), is_timed_(is_timed) {}
  void hear(const input_event& event, std::vector<Touch>& out);

  UniqueFd device_;
  std::uint16_t key_;
  bool is_timed_;             ///< events have the time of the monotonic clock
  bool is_dropping_ = false;  ///< until the next report
};

}  // namespace gw::hal
