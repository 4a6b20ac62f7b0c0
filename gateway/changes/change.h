#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/one_time_code.h"
#include "base/clock.h"
#include "model/change_state.h"
#include "model/ids.h"
#include "model/session_roll.h"

namespace gw::changes {

using model::ChangeNumber;

using State = model::ChangeState;
using Window = model::ChangeWindow;

/// What may happen to one.
enum class Step : std::uint8_t {
  found_good,  ///< conf-compile has nothing against it
  found_bad,   ///< conf-compile has, or a compartment or the kernel refused it
  put,         ///< somebody wants it in force
  in_force,    ///< it is, everywhere
  confirm,     ///< somebody has shown the token
  kept,        ///< the box starts with it from now on
  turn_back,   ///< nobody confirmed it in time, or somebody does not want it
  back,        ///< what was confirmed before is in force again
  withdraw,    ///< nobody wants it any more
};

/// The state after a step; nothing: a state does not have that step.
std::optional<State> next(State state, Step step);

/// Who, and from where (LOG-01).
struct Author {
  std::string name{};
  std::string source{};
};

using Digest = std::array<std::uint8_t, 32>;

/// One change with its history (WLS-04). The configuration itself lies beside it.
struct Change {
  ChangeNumber number{};
  State state = State::staged;
  ChangeNumber base{};  ///< what was confirmed when its author began
  Author by{};
  std::string reason{};
  CivilTime staged{};
  Digest digest{};  ///< SHA-256 of the sealed configuration
  // what conf-compile found
  bool widens = false;                      ///< allows what the one before did not
  bool is_guarded = false;                  ///< the one before wants a second person for that (ADM-12)
  std::string words{};                      ///< what it changes, a line each
  std::string report{};                     ///< of the compiler, a line a problem
  std::optional<model::Effect> foreseen{};  ///< on the sessions that stood then
  std::string approved_by{};
  // since it was put in force
  std::chrono::seconds within{0};
  CivilTime deadline{};
  accounts::CodeHash token{};
  std::uint64_t generation = 0;
  std::uint32_t sessions_kept = 0;
  std::uint32_t sessions_closed = 0;
  // its end
  Author ended_by{};
  CivilTime ended{};
  std::string outcome{};  ///< why it ended as it did
};

}  // namespace gw::changes
