#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http2/connection.h"
#include "model/close_reason.h"
#include "proxy/leg.h"

namespace gw::proxy {

/// A terminal's connection that carries sessions as streams of HTTP/2: moves octets between its leg and the
/// frames in them. One verified identity stands behind all of them. One thread.
class Carrier {
 public:
  struct Turn {
    std::optional<model::CloseReason> ended{};  ///< set: the connection is over
    std::string detail{};
    std::vector<http2::StreamPtr> asked{};  ///< streams whose requests have come
    bool gave_way = false;                  ///< there is more to do at once
  };

  /// All of it outlives the carrier.
  Carrier(SocketLeg& leg, sys::Wake& wake, MutableBytes plain)
      : leg_(leg), plain_(plain), frames_([&wake] { wake.signal(); }) {}

  /// Does what can be done without waiting.
  Turn turn(Instant now);
  /// Resets what is carried and says that it was the last (GOAWAY).
  void go_away();

  bool has_carried() const { return has_carried_; }
  bool is_busy() const { return frames_.streams() != 0; }
  /// It carries nothing since then.
  Instant quiet_since() const { return quiet_since_; }
  /// A request has begun then and is not whole.
  const std::optional<Instant>& in_head_since() const { return in_head_since_; }

 private:
  void hear(Turn& turn, Instant now);
  void speak(Turn& turn);

  SocketLeg& leg_;
  MutableBytes plain_;
  http2::Connection frames_;
  bool has_carried_ = false;
  Instant quiet_since_{};
  std::optional<Instant> in_head_since_{};
};

}  // namespace gw::proxy
