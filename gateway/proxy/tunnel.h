#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "http/connect.h"
#include "model/configuration.h"
#include "proxy/steps.h"
#include "tls/client_hello.h"
#include "tls/server_hello.h"

namespace gw::proxy {

// TLS that the box does not speak itself: what can be seen of it, on its way between a terminal and a cloud
// (NET-07, NET-10).

/// What was read of a leg with TLS and let through to nobody yet.
using Heard = std::vector<std::uint8_t>;

/// What one peer says before the box lets it through. Of a bare leg it stays in the socket; of others, what
/// was read is in `heard`. Refers to what outlives it.
struct Ear {
  Leg& leg;
  MutableBytes plain;  ///< the worker's scratch
  Heard& heard;
  model::CloseReason gone;       ///< what it is called when a bare leg ends
  const Leg* besides = nullptr;  ///< whose peer is waited for, too: if it goes, that is abandoned

  Bytes octets() const { return leg.bare() != nullptr ? leg.bare()->unread() : Bytes(heard); }
  /// The first so many are dealt with.
  void forget(std::size_t size) const;
};

using HelloOutcome = std::variant<tls::ClientHello, model::CloseReason>;
/// The next hello of a terminal; nothing of it is forgotten. client_hello_malformed: `detail` says what was
/// wrong.
sys::Task<HelloOutcome> hear_hello(Walker walker, Ear ear, bool after_retry, std::string& detail);

using ConnectOutcome = std::variant<http::ConnectAsked, model::CloseReason>;
/// What the terminal asks the box for. What came behind it is not forgotten.
sys::Task<ConnectOutcome> hear_connect(Walker walker, Ear ear, std::string& detail);
/// The answer to one who does not get what he asked for; none where the reason is not his to know.
std::optional<http::Refusal> tunnel_refusal(model::CloseReason reason);
/// Why nothing more will be heard of a terminal in its session.
model::CloseReason reason_of(tls::ReadEnd end);

using AnswerOutcome = std::variant<tls::ServerHello, tls::Refusal, model::CloseReason>;
/// The cloud's answer to a terminal's hello; nothing of it is forgotten.
sys::Task<AnswerOutcome> hear_answer(Walker walker, Ear ear, bool after_retry, std::string& detail);

}  // namespace gw::proxy
