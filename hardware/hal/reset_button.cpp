#include "hal/reset_button.h"

namespace gw::hal {
namespace {

using State = ResetButton::State;
using Act = ResetButton::Act;

struct Row {
  State from;
  Act act;
  std::chrono::seconds after;  ///< of `waited`
  State to;
};
constexpr std::chrono::seconds kAtOnce{0}, kHold{10}, kConfirm{3}, kErased{300};
constexpr Row kRows[] = {
    {State::idle, Act::pressed, kAtOnce, State::held},
    {State::held, Act::released, kAtOnce, State::idle},
    {State::held, Act::waited, kHold, State::ready},
    {State::ready, Act::released, kAtOnce, State::armed},
    {State::ready, Act::waited, kHold, State::stuck},
    {State::stuck, Act::released, kAtOnce, State::idle},
    {State::armed, Act::pressed, kAtOnce, State::confirming},
    {State::armed, Act::waited, kHold, State::idle},
    {State::confirming, Act::released, kAtOnce, State::idle},
    {State::confirming, Act::waited, kConfirm, State::confirmed},
    {State::confirmed, Act::waited, kErased, State::unheeded},
    {State::unheeded, Act::pressed, kAtOnce, State::held},
    {State::held, Act::lost, kAtOnce, State::idle},
    {State::ready, Act::lost, kAtOnce, State::idle},
    {State::stuck, Act::lost, kAtOnce, State::idle},
    {State::armed, Act::lost, kAtOnce, State::idle},
    {State::confirming, Act::lost, kAtOnce, State::idle},
};

}  // namespace

void ResetButton::enter(State state, Instant now) {
  state_ = state;
  since_ = now;
}

void ResetButton::hear(Act act, Instant now) {
  tick(now);
  if (state_ == State::held && act == Act::released && now - since_ >= kConfirm) {
    ++presses_;
    pressed_since_ = since_;
  }
  for (const Row& row : kRows)
    if (row.from == state_ && row.act == act) return enter(row.to, now);
}

void ResetButton::tick(Instant now) {
  for (const Row& row : kRows)
    if (row.from == state_ && row.act == Act::waited && now - since_ >= row.after) return enter(row.to, now);
}

std::optional<LightState> ResetButton::light() const {
  switch (state_) {
    case State::ready:
    case State::armed:
    case State::confirming:
      return LightState::armed;
    case State::confirmed:
      return LightState::erasing;
    case State::unheeded:
      return LightState::attention;
    default:
      return std::nullopt;
  }
}

}  // namespace gw::hal
