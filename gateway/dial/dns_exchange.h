#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/fd.h"
#include "dial/dns_message.h"
#include "sys/reactor.h"

namespace gw::dial {

/// One question to one server: over UDP, and over TCP when the answer does not fit (RFC 7766). Every exchange
/// has a socket, and so a port, and an id of its own, both random (RFC 5452). Signals `wake` at news; its
/// owner calls advance() then and keeps the time. Dropping it gives the question up.
class DnsExchange {
 public:
  DnsExchange(sys::Reactor& reactor, sys::Wake& wake, const model::Endpoint& server, dns::Type type,
              const std::string& name);

  /// Takes what the kernel has for us. Never waits.
  void advance();
  bool finished() const { return stage_ == Stage::finished; }
  /// `failed` until finished.
  const dns::Answer& answer() const { return answer_; }

 private:
  enum class Stage : std::uint8_t { asking, connecting, sending, receiving, finished };
  enum class Pace : std::uint8_t { go_on, wait };
  static constexpr int kStrayLimit = 32;  ///< messages that answer something else: somebody is guessing

  void start();
  Pace take_step();
  Pace take_datagram();
  Pace connect_stream();
  Pace send_stream();
  Pace receive_stream();
  Pace switch_to_stream();
  Pace finish(dns::Answer answer);
  Pace give_up() { return finish({}); }

  sys::Reactor& reactor_;
  sys::Wake& wake_;
  model::Endpoint server_;
  dns::Question question_;
  Stage stage_ = Stage::asking;
  UniqueFd socket_;
  sys::Readiness readiness_;
  std::vector<std::uint8_t> outgoing_;  ///< over TCP: what is left to send
  std::vector<std::uint8_t> incoming_;  ///< over TCP: length and message so far (RFC 1035 4.2.2)
  int strays_ = 0;
  dns::Answer answer_;
};

}  // namespace gw::dial
