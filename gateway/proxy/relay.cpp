#include "proxy/relay.h"

namespace gw::proxy {

using model::CloseReason;
using tls::ReadEnd;

Relay::Turn Relay::turn() {
  Turn turn;
  up_.to.socket.flush();
  down_.to.socket.flush();
  pump(up_, turn);
  if (!turn.ended) pump(down_, turn);
  if (turn.ended) return turn;
  if (up_.from.socket.state() == tls::Socket::State::reset)
    turn.ended = CloseReason::reset_downstream;
  else if (down_.from.socket.state() == tls::Socket::State::reset)
    turn.ended = CloseReason::reset_upstream;
  else if (up_.closed && down_.closed && up_.to.socket.drained() && down_.to.socket.drained())
    turn.ended = CloseReason::finished;
  return turn;
}

void Relay::pump(Flow& flow, Turn& turn) {
  std::size_t moved = 0;
  while (!flow.closed && flow.to.socket.drained() && !turn.ended) {
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
  flow.to.socket.flush();
  flow.from.socket.flush();  // the library may owe the peer an answer, a key update for one
}

void Relay::end(Flow& flow, ReadEnd end, Turn& turn) const {
  if (end == ReadEnd::closed) {
    flow.closed = true;
    flow.to.close_write();
    return;
  }
  if (end == ReadEnd::refused) turn.detail = flow.from.stream->failure_detail();
  turn.ended = end == ReadEnd::truncated ? flow.endings.truncated
               : end == ReadEnd::reset   ? flow.endings.reset
               : end == ReadEnd::refused ? flow.endings.refused
                                         : flow.endings.violation;
}

}  // namespace gw::proxy
