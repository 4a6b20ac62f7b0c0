#include "https/talk.h"

namespace gw::https {

Talk::Talk(Wire wire, std::vector<std::uint8_t> early)
    : wire_(std::move(wire)), pending_(std::move(early)), heard_at_(now()), pinged_at_(now()) {}

bool Talk::go_on() {
  if (!is_over_ && !wire_.may_go_on()) close(CloseCode::going_away, "the box ends it");
  if (!send()) return false;
  if (!is_over_) listen();
  if (!is_over_) mind_the_silence();
  return send() && !is_over_;
}

/// False: nobody takes it any more.
bool Talk::send() {
  wire_.socket.flush();
  if (wire_.socket.state() == tls::Socket::State::reset) is_over_ = true;
  if (is_free()) taken_until_.reset();
  if (taken_until_ && now() >= *taken_until_) {
    wire_.socket.reset_on_close();
    is_over_ = true;
    return false;
  }
  return wire_.socket.state() != tls::Socket::State::reset;
}

void Talk::put(std::string_view octets) {
  wire_.stream.write(as_bytes(octets));
  if (!taken_until_) taken_until_ = now() + kTaking;
}

void Talk::say(std::string_view text) {
  if (!is_over_) put(frame_of(Opcode::text, text));
}

void Talk::close(CloseCode code, std::string_view reason) {
  if (is_over_) return;
  put(close_frame(code, reason));
  is_over_ = true;
}

/// Until there is a text, what was said waits to be taken, or nothing more has come.
void Talk::listen() {
  for (int left = kMostAtOnce; !is_over_ && !text_ && is_free(); --left) {
    if (left == 0) return wire_.wake.signal();
    if (pending_.empty() && !read_some()) return;
    Bytes octets(pending_);
    auto heard = reader_.next(octets);
    pending_.erase(pending_.begin(), pending_.end() - static_cast<std::ptrdiff_t>(octets.size()));
    if (!heard) return close(reader_.verdict(), heard.error().detail);
    if (*heard) take(**std::move(heard));
    wire_.socket.flush();
  }
}

/// False: nothing is there.
bool Talk::read_some() {
  const tls::ReadOutcome got = wire_.stream.read(wire_.scratch.plain());
  const Bytes octets = Bytes(wire_.scratch.plain()).first(got.size);
  pending_.assign(octets.begin(), octets.end());
  if (!pending_.empty()) heard_at_ = now();
  if (got.end != tls::ReadEnd::more && got.end != tls::ReadEnd::later) is_over_ = true;
  if (pending_.empty()) wire_.stream.rest();
  return !pending_.empty();
}

void Talk::take(Heard heard) {
  switch (heard.kind) {
    case Heard::Kind::text:
      text_ = std::move(heard.payload);
      return;
    case Heard::Kind::ping:
      return put(frame_of(Opcode::pong, heard.payload));
    case Heard::Kind::close:
      put(frame_of(Opcode::close, heard.payload));  // RFC 6455 5.5.1: its own code back
      is_over_ = true;
      return;
    case Heard::Kind::pong:
      return;
  }
}

void Talk::mind_the_silence() {
  if (now() - heard_at_ >= kGoneAfter) return close(CloseCode::policy, "nobody is there");
  if (!is_free() || now() - std::max(heard_at_, pinged_at_) < kPingAfter) return;
  put(frame_of(Opcode::ping, {}));
  pinged_at_ = now();
}

void Talk::rouse_at(Instant moment) {
  Instant due = std::min(moment, heard_at_ + kGoneAfter);
  due = taken_until_ ? std::min(due, *taken_until_)
                     : std::min(due, std::max(heard_at_, pinged_at_) + kPingAfter);
  wire_.timer.arm(due);
}

}  // namespace gw::https
