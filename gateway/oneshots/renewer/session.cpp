#include "session.h"

#include <algorithm>

namespace gw::renewer {
namespace {

using model::CloseReason;
using tls::HandshakeState;
using tls::ReadEnd;

Error unreachable(std::string why) { return {ErrorCode::est_unreachable, std::move(why)}; }

/// Reasons of the handshake that mean something else than "it did not come about", from one to the other.
struct Row {
  CloseReason first;
  CloseReason last;
  ErrorCode code;
};
constexpr Row kRows[] = {
    {CloseReason::upstream_certificate_untrusted, CloseReason::upstream_certificate_status_unknown,
     ErrorCode::est_untrusted},
    {CloseReason::upstream_tls_alert, CloseReason::upstream_tls_alert, ErrorCode::est_refused},
    {CloseReason::key_unavailable, CloseReason::key_busy, ErrorCode::key_unavailable},
    {CloseReason::key_unsuitable, CloseReason::key_unsuitable, ErrorCode::key_scheme_unsuitable},
};

Error error_of(const tls::Stream& stream) {
  const CloseReason reason = stream.failure();
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& candidate) {
    return candidate.first <= reason && reason <= candidate.last;
  });
  const ErrorCode code = row == std::end(kRows) ? ErrorCode::est_unreachable : row->code;
  const std::string& detail = stream.failure_detail();
  return {code, std::string(model::to_string(reason)) + (detail.empty() ? "" : ": " + detail)};
}

}  // namespace

Session::Session(sys::Reactor& reactor, tls::ContextPtr context, UniqueFd connected, Instant deadline)
    : reactor_(reactor),
      deadline_(deadline),
      wake_(reactor),
      socket_(scratch_, std::move(connected)),
      stream_(tls::Role::cloud_side, std::move(context), socket_, tls::Stream::Permit(), &wake_) {}

Result<> Session::wait() {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - reactor_.clock().now());
  if (left.count() <= 0) return unreachable("the server did not answer in time");
  reactor_.run_once(left);
  return Done{};
}

Result<> Session::secure() {
  GW_TRY(socket_.attach(reactor_, wake_));
  for (;;) {
    const HandshakeState state = stream_.handshake();
    socket_.flush();
    if (state == HandshakeState::done) return Done{};
    if (state == HandshakeState::failed) return error_of(stream_);
    GW_TRY(wait());
  }
}

Result<http::Answer> Session::exchange(std::string_view request) {
  http::AnswerReader reader;
  stream_.write(as_bytes(request));
  for (;;) {
    socket_.flush();
    GW_TRY(const bool more, read_some(reader));
    if (reader.is_whole()) break;
    if (!more) GW_TRY(wait());
  }
  stream_.close_write();
  socket_.flush();
  return reader.answer();
}

/// False: nothing now.
Result<bool> Session::read_some(http::AnswerReader& reader) {
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
      return Error{ErrorCode::est_refused, stream_.failure_detail()};
    case ReadEnd::truncated:
    case ReadEnd::reset:
      return unreachable("the connection broke off");
    case ReadEnd::violation:
      break;
  }
  return unreachable("the server broke the TLS protocol");
}

}  // namespace gw::renewer
