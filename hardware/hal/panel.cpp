#include "hal/panel.h"

#include <algorithm>

#include "base/codec.h"
#include "sys/slate.h"

namespace gw::hal {

void Panel::turn(Instant now, std::chrono::milliseconds up) {
  signs_.now = up;
  hear_button(now);
  if (now >= listen_due_) {
    listen_due_ = now + kListenEvery;
    listen();
  }
  if (now >= measure_due_) {
    measure_due_ = now + kMeasureEvery;
    measure();
  }
  showing_ = light_for(signs_);
  const Lit lit = lit_at(showing_, up);
  if (parts_.status) parts_.status->set(lit.status);
  if (parts_.attention) parts_.attention->set(lit.attention);
}

void Panel::hear_button(Instant now) {
  if (!parts_.button) return;
  for (const Touch& touch : parts_.button->take())
    reset_.hear(touch.act, std::min(touch.at.value_or(now), now));
  reset_.tick(now);
  signs_.button = reset_.light();
  if (presses_ != reset_.presses()) {
    presses_ = reset_.presses();
    parts_.board.pressed =
        signs_.now - std::chrono::ceil<std::chrono::milliseconds>(now - reset_.pressed_since());
    measure_due_ = now;  // which tells it
  }
  if (reset_.is_confirmed() == is_ordered_) return;
  const std::string_view word =
      is_ordered_ ? std::string_view() : kResetWord;  // one that nobody heeded is taken back
  if (sys::write_slate(parts_.reset.get(), as_bytes(word))) is_ordered_ = !is_ordered_;
}

void Panel::lose_button(Instant now) {
  if (!parts_.button) return;
  parts_.button->let_go();
  reset_.hear(ResetButton::Act::lost, now);
}

/// What cannot be read, or is half written, changes nothing: the sign before it grows old by itself.
void Panel::listen() {
  if (const auto said = decode<model::ConditionSign>(sys::read_slate(parts_.condition.get())))
    signs_.said = *said;
}

void Panel::measure() {
  model::BoardState state = parts_.board;
  state.readings = parts_.sensors.read();
  if (button_fd() >= 0) state.button = model::BoardState::Button::watched;
  state.told = signs_.now;
  if (const auto root = decode<model::BoardState>(sys::read_slate(parts_.wear.get()))) {
    state.differences = root->differences;
    for (const model::BoardReading& reading : root->readings)
      if (state.readings.size() < model::kMostReadings) state.readings.push_back(reading);
  }
  signs_.is_board_well = std::ranges::all_of(state.readings, &model::BoardReading::is_well);
  static_cast<void>(static_cast<bool>(sys::write_slate(parts_.readings.get(), encode(state))));
}

}  // namespace gw::hal
