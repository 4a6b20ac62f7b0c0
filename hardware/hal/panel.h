#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "hal/input.h"
#include "hal/led.h"
#include "hal/lights.h"
#include "hal/reset_button.h"
#include "hal/sensors.h"

namespace gw::hal {

/// What is on the outside of the case, and how the board feels: lights, button, sensors. It holds descriptors
/// and nothing else, and asks nobody anything: what the supervisor says stands on a slate (sys/slate.h).
class Panel {
 public:
  struct Parts {
    model::BoardState board{};  ///< what of it stays as it is
    std::optional<Led> status{};
    std::optional<Led> attention{};
    std::optional<Input> button{};
    Sensors sensors{};
    UniqueFd condition{};  ///< slate: model::ConditionSign, to read
    UniqueFd wear{};       ///< slate: model::BoardState, to read: what only root can see
    UniqueFd readings{};   ///< slate: model::BoardState, to write
    UniqueFd reset{};      ///< slate: kResetWord, to write
  };
  static constexpr std::chrono::seconds kListenEvery{1}, kMeasureEvery{10};

  explicit Panel(Parts parts) : parts_(std::move(parts)) {}

  /// A part of a pattern has passed, or the button was touched. `up` is the time since the machine's start.
  void turn(Instant now, std::chrono::milliseconds up);
  /// Of the button, to wait for; -1 without one.
  int button_fd() const { return parts_.button ? parts_.button->fd() : -1; }
  /// poll(2) says that its device has gone.
  void lose_button(Instant now);
  /// The button has gone since.
  bool has_lost_button() const { return parts_.button && parts_.button->fd() < 0; }
  /// Somebody is at its button, or the box erases itself.
  bool is_busy() const { return reset_.state() != ResetButton::State::idle; }
  LightState showing() const { return showing_; }

 private:
  void hear_button(Instant now);
  void listen();
  void measure();

  Parts parts_;
  ResetButton reset_{};
  Signs signs_{};
  LightState showing_ = LightState::starting;
  Instant listen_due_{}, measure_due_{};
  unsigned presses_ = 0;  ///< that were told
  bool is_ordered_ = false;
};

/// What the order to forget everything reads (firmware/erase).
inline constexpr std::string_view kResetWord = "reset by the button\n";

}  // namespace gw::hal
