#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/close_reason.h"
#include "proxy/leg.h"

namespace gw::proxy {

/// Moves bytes between two legs that have nothing more to settle: one pump each way.
///
/// Back-pressure: a pump reads only while everything it wrote before has left, so what a session holds of a
/// slow reader is at most one turn's bytes, and an idle session holds none. Fairness: a pump gives way after
/// kTurn bytes. Half-close is carried over; an end without close_notify is never passed on as a clean one.
class Relay {
 public:
  static constexpr std::size_t kTurn = 128 * 1024;

  struct Turn {
    std::optional<model::CloseReason> ended{};  ///< set: the session is over
    bool moved = false;                         ///< bytes went through
    bool gave_way = false;                      ///< there is more to do at once
    std::string detail{};                       ///< of an alert that ended it
  };

  /// `up_before`: what was passed on to the cloud already, octets.
  Relay(Leg& downstream, Leg& upstream, MutableBytes plain, std::uint64_t up_before = 0)
      : up_{downstream, upstream, kFromTerminal, up_before},
        down_{upstream, downstream, kFromCloud},
        plain_(plain) {}

  /// Does what can be done without waiting.
  Turn turn();
  std::uint64_t bytes_up() const { return up_.bytes; }
  std::uint64_t bytes_down() const { return down_.bytes; }

 private:
  /// What each bad end of a flow is called, by the side it came from.
  struct Endings {
    model::CloseReason truncated, reset, refused, violation;
  };
  static constexpr Endings kFromTerminal{
      model::CloseReason::truncated_downstream, model::CloseReason::reset_downstream,
      model::CloseReason::tls_alert_downstream, model::CloseReason::tls_violation_downstream};
  static constexpr Endings kFromCloud{
      model::CloseReason::truncated_upstream, model::CloseReason::reset_upstream,
      model::CloseReason::upstream_tls_alert, model::CloseReason::tls_violation_upstream};
  struct Flow {
    Leg& from;
    Leg& to;
    Endings endings;
    std::uint64_t bytes = 0;
    bool closed = false;  // close_notify was carried over
  };

  void pump(Flow& flow, Turn& turn);
  void end(Flow& flow, tls::ReadEnd end, Turn& turn) const;

  Flow up_;
  Flow down_;
  MutableBytes plain_;
};

}  // namespace gw::proxy
