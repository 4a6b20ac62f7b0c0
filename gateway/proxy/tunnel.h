#pragma once

#include <string>
#include <variant>
#include <vector>

#include "http/connect.h"
#include "model/configuration.h"
#include "proxy/steps.h"
#include "tls/client_hello.h"

namespace gw::proxy {

// TLS that the box does not speak itself: what can be seen of it, on its way between a terminal and a cloud
// (NET-07, NET-10).

/// What a terminal sent inside its session and nobody has taken yet.
using Heard = std::vector<std::uint8_t>;

using HelloOutcome = std::variant<tls::ClientHello, model::CloseReason>;
/// The hello with which a connection begins; nothing of it is consumed. `detail` says what was wrong with it.
sys::Task<HelloOutcome> hear_hello(Walker walker, tls::Socket& socket, std::string& detail);
/// The same of the session inside a tunnel; it is in `heard` then. `plain` is the worker's scratch.
sys::Task<HelloOutcome> hear_inner_hello(Walker walker, Leg& down, MutableBytes plain, Heard& heard,
                                         std::string& detail);

using ConnectOutcome = std::variant<http::ConnectRequest, http::OtherRequest, model::CloseReason>;
/// What the terminal asks the box for. What came behind it is in `heard` then.
sys::Task<ConnectOutcome> hear_connect(Walker walker, Leg& down, MutableBytes plain, Heard& heard);
/// The answer to one who does not get what he asked for, and why.
std::string tunnel_refusal(model::CloseReason reason);

/// The cloud's answer to the terminal's hello, of which nothing is consumed: what they agreed on, in `words`,
/// or why that is not to be. An alert is no agreement, and the terminal's to read.
sys::Task<Verdict> hear_agreement(Walker walker, tls::Socket& cloud, model::ProfileName profile,
                                  std::string& words, std::string& detail);

}  // namespace gw::proxy
