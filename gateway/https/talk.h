#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "https/websocket.h"
#include "sys/reactor.h"
#include "tls/stream.h"

namespace gw::https {

/// What a talk goes over; belongs to the connection, which outlives it.
struct Wire {
  sys::Reactor& reactor;
  tls::Scratch& scratch;
  tls::Socket& socket;
  tls::Stream& stream;
  sys::Wake& wake;
  sys::Timer& timer;
  std::function<bool()> may_go_on;  ///< false: the server ends, or the peer is not believed any more
};

/// A connection after its 101 (RFC 6455): texts both ways, one after the other. Nothing piles up: nothing is
/// read before what was said is taken, whoever does not take it within kTaking is cut off, and whoever is
/// silent is asked by a ping whether he is there. One thread.
///
///   while (talk.go_on()) { take next(); if (is_free()) say(); talk.rouse_at(...); co_await talk.news(); }
class Talk {
 public:
  static constexpr std::size_t kLongestText = 8 * 1024;  ///< of a client's
  static constexpr int kMostAtOnce = 64;                 ///< frames; others get their turn then
  static constexpr std::chrono::seconds kTaking{15}, kPingAfter{20}, kGoneAfter{60};

  /// `early`: what came right behind the request.
  Talk(Wire wire, std::vector<std::uint8_t> early);

  /// Takes in and sends what there is. False: it is over.
  bool go_on();
  /// What the client said.
  std::optional<std::string> next() { return std::exchange(text_, std::nullopt); }
  /// All that was said has been taken.
  bool is_free() const { return wire_.socket.drained(); }
  /// Only while it is free.
  void say(std::string_view text);
  /// The last word.
  void close(CloseCode code, std::string_view reason);
  /// news() at that moment at the latest.
  void rouse_at(Instant moment);
  sys::Wake& news() { return wire_.wake; }
  Instant now() const { return wire_.reactor.now(); }

 private:
  bool send();
  void listen();
  bool read_some();
  void take(Heard heard);
  void mind_the_silence();
  void put(std::string_view octets);

  Wire wire_;
  FrameReader reader_{kLongestText};
  std::vector<std::uint8_t> pending_;  // read, and not looked at yet
  std::optional<std::string> text_{};
  std::optional<Instant> taken_until_{};  // what was said has to be taken by then
  Instant heard_at_, pinged_at_;
  bool is_over_ = false;
};

}  // namespace gw::https
