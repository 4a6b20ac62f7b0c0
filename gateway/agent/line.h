#pragma once

#include <string>
#include <string_view>

#include "http/http.h"
#include "sys/reactor.h"
#include "tls/stream.h"

namespace gw::agent {

/// One TLS connection to a receiver of the operations centre. Waits; one thread.
class Line {
 public:
  /// From there on nothing is waited for any more.
  Line(sys::Reactor& reactor, tls::ContextPtr context, UniqueFd connected, Instant deadline);

  /// noc.answered_in_http: a proxy or a sign-in page stands in the way. noc.untrusted: TLS is broken open on
  /// the way, or it is not the receiver. noc.refused: it does not take the box's certificate.
  /// noc.unreachable, key.unavailable.
  Result<> secure();
  /// All of it is on its way, or noc.broke_off.
  Result<> send(std::string_view octets);
  /// Says that nothing follows, and waits until whoever reads has read all and ended the connection as well:
  /// syslog has no receipt, and this is the nearest to one (decision 0054). noc.broke_off if that is not
  /// sure.
  Result<> finish();
  /// The answer to what was sent. noc.broke_off, noc.refused, http.malformed.
  Result<http::Answer> answer();

 private:
  Result<> wait(std::chrono::milliseconds most = std::chrono::milliseconds::max());
  bool begins_with_http();
  Result<bool> read_some(http::AnswerReader& reader);
  bool is_acknowledged() const;

  sys::Reactor& reactor_;
  Instant deadline_;
  sys::Wake wake_;
  tls::Scratch scratch_;
  tls::Socket socket_;
  tls::Stream stream_;
};

}  // namespace gw::agent
