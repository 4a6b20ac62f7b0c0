#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "probe/resumption_end.h"

namespace gw::probe {

enum class EarlyData : std::uint8_t { none, offered, taken };

/// What both ends saw of one connection.
struct Visit {
  bool let_in = false;   ///< both ends finished the handshake
  bool resumed = false;  ///< either end took up an earlier session, even if it was refused after that
  bool offered = false;  ///< the hello that reached the server held a session to resume
  unsigned tickets = 0;  ///< NewSessionTicket messages that the terminal received
  EarlyData early = EarlyData::none;               ///< `offered` as the box's own reader of hellos sees it
  std::string refusal{};                           ///< of the server, if it refused
  std::vector<std::uint8_t> session_id_context{};  ///< that the server files its sessions under
  tls::SessionPtr session{};  ///< what the terminal could offer next time; null if nothing

  /// "let in, by a handshake in full": the outcome in words.
  std::string outcome() const;
};

/// A terminal on plain OpenSSL that speaks one version and resumes wherever it can.
class Terminal {
 public:
  /// Shows its own tenant's terminal certificate; believes the listeners of either tenant. tls.setup_failed.
  static Result<Terminal> make(const TrialTenant& own, const TrialTenant& other, int version);

  /// One connection, in memory, from its first octet to its end. Offers the session, if any; and with it
  /// early data, if any. tls.setup_failed if it could not even begin.
  Result<Visit> visit(Place& place, SSL_SESSION* offered = nullptr, Bytes early_data = {});

 private:
  explicit Terminal(tls::ContextHandle context) : context_(std::move(context)) {}

  tls::ContextHandle context_;
};

}  // namespace gw::probe
