#include "proxy/relay.h"

namespace gw::proxy {

using model::CloseReason;
using tls::ReadEnd;

Relay::Turn Relay::turn() {
  Turn turn;
  up_.to.flush();
  down_.to.flush();
  pump(up_, turn);
  if (!turn.ended) pump(down_, turn);
  if (turn.ended) return turn;
  if (up_.from.is_reset())
    turn.ended = CloseReason::reset_downstream;
  else if (down_.from.is_reset())
    turn.ended = CloseReason::reset_upstream;
  else if (up_.closed && down_.closed && up_.to.drained() && down_.to.drained())
    turn.ended = CloseReason::finished;
  return turn;
}

void Relay::pump(Flow& flow, Turn& turn) {
  std::size_t moved = 0;
  while (!flow.closed && flow.to.drained() && !turn.ended) {
    if (moved >= kTurn) {
      turn.gave_way = true;
      break;
    }
    const tls::ReadOutcome got = flow.from.read(plain_);
    if (got.end == ReadEnd::later) break;
    if (got.end != ReadEnd::more) {
      end(flow, got.end, turn);
      break;
    }
    flow.to.write(plain_.first(got.size));
    moved += got.size;
  }
  flow.bytes += moved;
  turn.moved |= moved > 0;
  flow.to.flush();
  flow.from.flush();  // the library may owe the peer an answer, a key update for one
}

void Relay::end(Flow& flow, ReadEnd end, Turn& turn) const {
  if (end == ReadEnd::closed) {
    flow.closed = true;
    flow.to.close_write();
    return;
  }
  if (end == ReadEnd::refused) turn.detail = flow.from.objection();
  turn.ended = end == ReadEnd::truncated ? flow.endings.truncated
               : end == ReadEnd::reset   ? flow.endings.reset
               : end == ReadEnd::refused ? flow.endings.refused
                                         : flow.endings.violation;
}

}  // namespace gw::proxy
