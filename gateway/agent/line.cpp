#include "agent/line.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>

namespace gw::agent {
namespace {

using model::CloseReason;
using tls::HandshakeState;
using tls::ReadEnd;

constexpr std::chrono::milliseconds kLook{20};  // whether the kernel at the other end has all

Error broke_off(std::string why) { return {ErrorCode::noc_broke_off, std::move(why)}; }

/// Reasons of the handshake, from one to the other, and what they are here.
struct Row {
  CloseReason first, last;
  ErrorCode code;
};
constexpr Row kRows[] = {
    {CloseReason::upstream_certificate_untrusted, CloseReason::upstream_certificate_status_unknown,
     ErrorCode::noc_untrusted},
    {CloseReason::upstream_tls_alert, CloseReason::upstream_tls_alert, ErrorCode::noc_refused},
    {CloseReason::key_unavailable, CloseReason::key_busy, ErrorCode::key_unavailable},
};

Error error_of(const tls::Stream& stream) {
  const CloseReason reason = stream.failure();
  const auto* row = std::ranges::find_if(
      kRows, [&](const Row& candidate) { return candidate.first <= reason && reason <= candidate.last; });
  const ErrorCode code = row == std::end(kRows) ? ErrorCode::noc_unreachable : row->code;
  const bool is_broken_open = reason == CloseReason::upstream_certificate_untrusted;
  const std::string what = is_broken_open ? "TLS is broken open on the way" : std::string(to_string(reason));
  return {code, what + (stream.failure_detail().empty() ? "" : ": " + stream.failure_detail())};
}

}  // namespace

Line::Line(sys::Reactor& reactor, tls::ContextPtr context, UniqueFd connected, Instant deadline)
    : reactor_(reactor),
      deadline_(deadline),
      wake_(reactor),
      socket_(scratch_, std::move(connected)),
      stream_(tls::Role::cloud_side, std::move(context), socket_, tls::Stream::Permit(), &wake_) {}

Result<> Line::wait(std::chrono::milliseconds most) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - reactor_.clock().now());
  if (left.count() <= 0) return broke_off("the receiver did not answer in time");
  reactor_.run_once(std::min(left, most));
  return Done{};
}

/// The first octets are there and no TLS has seen them yet.
bool Line::begins_with_http() {
  constexpr std::string_view kHttp = "HTTP/";
  if (socket_.unread().empty() && socket_.may_receive()) socket_.receive();
  return as_text(socket_.unread()).starts_with(kHttp);
}

Result<> Line::secure() {
  GW_TRY(socket_.attach(reactor_, wake_));
  for (;;) {
    if (begins_with_http())
      return Error{
          ErrorCode::noc_answered_in_http,
          "something on the way answers in HTTP: a proxy, or a page to sign in at; let the box through "
          "without it"};
    const HandshakeState state = stream_.handshake();
    socket_.flush();
    if (state == HandshakeState::done) return Done{};
    if (state == HandshakeState::failed) return error_of(stream_);
    if (!wait())
      return Error{ErrorCode::noc_unreachable, "the receiver did not finish its handshake in time"};
  }
}

Result<> Line::send(std::string_view octets) {
  stream_.write(as_bytes(octets));
  socket_.flush();
  while (!socket_.drained()) {
    if (socket_.state() == tls::Socket::State::reset) return broke_off("the connection was reset");
    GW_TRY(wait());
    socket_.flush();
  }
  return Done{};
}

/// TCP has it from us: whether somebody reads it is another question.
bool Line::is_acknowledged() const {
  int waiting = 1;
  return ::ioctl(socket_.fd(), SIOCOUTQ, &waiting) == 0 && waiting == 0;
}

/// An end that came before everything was acknowledged proves nothing: whoever ended had not read it.
Result<> Line::finish() {
  stream_.close_write();
  socket_.flush();
  bool had_all = false;
  for (;;) {
    had_all = had_all || (socket_.drained() && is_acknowledged());
    const tls::ReadOutcome got = stream_.read(scratch_.plain());
    const bool has_ended = got.end == ReadEnd::closed || got.end == ReadEnd::truncated;
    if (has_ended && had_all) return Done{};
    if (got.end == ReadEnd::refused) return Error{ErrorCode::noc_refused, stream_.failure_detail()};
    if (has_ended || got.end == ReadEnd::reset || got.end == ReadEnd::violation)
      return broke_off("the receiver ended the connection before it had everything");
    if (got.end == ReadEnd::more) continue;
    GW_TRY(wait(kLook));
    socket_.flush();
  }
}

Result<http::Answer> Line::answer() {
  http::AnswerReader reader;
  for (;;) {
    socket_.flush();
    GW_TRY(const bool more, read_some(reader));
    if (reader.is_whole()) return reader.answer();
    if (!more) GW_TRY(wait());
  }
}

/// False: nothing now.
Result<bool> Line::read_some(http::AnswerReader& reader) {
  const tls::ReadOutcome got = stream_.read(scratch_.plain());
  switch (got.end) {
    case ReadEnd::more:
    case ReadEnd::later:
      GW_TRY(reader.take(scratch_.plain().first(got.size)));
      return got.end == ReadEnd::more;
    case ReadEnd::closed:
      GW_TRY(reader.end());
      return true;
    case ReadEnd::refused:  // TLS 1.3: what it thinks of our certificate comes after the handshake
      return Error{ErrorCode::noc_refused, stream_.failure_detail()};
    case ReadEnd::truncated:
    case ReadEnd::reset:
    case ReadEnd::violation:
      break;
  }
  return broke_off("the connection broke off before there was an answer");
}

}  // namespace gw::agent
