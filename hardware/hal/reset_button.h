#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "hal/lights.h"

namespace gw::hal {

/// The sequence by which somebody who stands before the box has it forget everything (DSP-01): a hand that
/// leans on the button, a box that is carried and a curious child do not get through it.
///
///     idle       pressed                 held
///     held       let go                  idle        too short
///     held       after 10 s              ready       lights blink fast: let go now
///     ready      let go                  armed       press again, and hold
///     ready      after 10 s              stuck       something leans on it
///     stuck      let go                  idle
///     armed      pressed                 confirming
///     armed      after 10 s              idle        nobody meant it
///     confirming let go                  idle        he thought better of it
///     confirming after 3 s               confirmed   for good
///     confirmed  after 5 min             unheeded    nothing was erased: somebody has to see to it
///     unheeded   pressed                 held        or to try again
///
/// Whoever holds it for three seconds, lets go and does no more has pressed it: that confirms what was agreed
/// to elsewhere, if something was.
///
/// Where the kernel has lost what happened, a sequence that had begun is over.
class ResetButton {
 public:
  enum class State : std::uint8_t { idle, held, ready, armed, confirming, stuck, confirmed, unheeded };
  enum class Act : std::uint8_t { pressed, released, waited, lost };

  /// What the kernel said of the button, in its order.
  void hear(Act act, Instant now);
  /// Time has passed.
  void tick(Instant now);

  State state() const { return state_; }
  bool is_confirmed() const { return state_ == State::confirmed; }
  /// How often it was pressed in that manner.
  unsigned presses() const { return presses_; }
  /// When the last of those began.
  Instant pressed_since() const { return pressed_since_; }
  /// What the lights have to say of it, if anything.
  std::optional<LightState> light() const;

 private:
  void enter(State state, Instant now);

  State state_ = State::idle;
  Instant since_{}, pressed_since_{};
  unsigned presses_ = 0;
};

}  // namespace gw::hal
