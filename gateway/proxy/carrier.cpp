#include "proxy/carrier.h"

#include "proxy/relay.h"
#include "proxy/tunnel.h"

namespace gw::proxy {

using model::CloseReason;
using tls::ReadEnd;

Carrier::Turn Carrier::turn(Instant now) {
  Turn turn;
  leg_.flush();
  hear(turn, now);
  speak(turn);
  has_carried_ |= !turn.asked.empty();
  if (is_busy() || !turn.asked.empty()) quiet_since_ = now;
  if (!frames_.is_in_head())
    in_head_since_.reset();
  else if (!in_head_since_)
    in_head_since_ = now;
  if (!frames_.fault().empty()) {
    turn.ended = CloseReason::http2_violation;
    turn.detail = frames_.fault();
  } else if (!turn.ended && frames_.is_over()) {
    turn.ended = CloseReason::finished;
  }
  return turn;
}

/// What is heard is bounded by windows and budgets, so it never waits for what is said.
void Carrier::hear(Turn& turn, Instant now) {
  for (std::size_t heard = 0; frames_.fault().empty();) {
    if (heard >= Relay::kTurn) {
      turn.gave_way = true;
      break;
    }
    const tls::ReadOutcome got = leg_.read(plain_);
    if (got.end == ReadEnd::later) break;
    if (got.end != ReadEnd::more) {
      turn.ended = got.end == ReadEnd::closed ? CloseReason::finished : reason_of(got.end);
      if (got.end == ReadEnd::refused) turn.detail = leg_.objection();
      break;
    }
    frames_.take(plain_.first(got.size), now);
    heard += got.size;
  }
  turn.asked = frames_.take_asked();
}

void Carrier::speak(Turn& turn) {
  for (std::size_t said = 0; leg_.drained();) {
    if (said >= Relay::kTurn) {
      turn.gave_way = true;
      break;
    }
    const Bytes octets = frames_.give();
    if (octets.empty()) break;
    leg_.write(octets);
    said += octets.size();
  }
  leg_.flush();
}

void Carrier::go_away() {
  frames_.go_away(http2::ErrorCode::connect);
  // Some thousand octets: nothing of a tunnel is among them any more.
  for (Bytes octets = frames_.give(); !octets.empty(); octets = frames_.give()) leg_.write(octets);
  leg_.flush();
}

}  // namespace gw::proxy
