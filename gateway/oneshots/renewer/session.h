#pragma once

#include <optional>
#include <string_view>

#include "http/http.h"
#include "sys/reactor.h"
#include "tls/stream.h"

namespace gw::renewer {

/// One TLS connection for one request and its answer. Waits; one thread.
class Session {
 public:
  /// From there on nothing is waited for any more.
  Session(sys::Reactor& reactor, tls::ContextPtr context, UniqueFd connected, Instant deadline);

  /// est.untrusted: the server is not who it should be. est.refused: it does not take our certificate.
  /// est.unreachable: everything else that keeps one from speaking, and the deadline. key.unavailable.
  Result<> secure();
  /// The same; http.malformed if what comes is no HTTP answer.
  Result<http::Answer> exchange(std::string_view request);

 private:
  Result<> wait();
  Result<bool> read_some(http::AnswerReader& reader);

  sys::Reactor& reactor_;
  Instant deadline_;
  sys::Wake wake_;
  tls::Scratch scratch_;
  tls::Socket socket_;
  tls::Stream stream_;
};

}  // namespace gw::renewer
