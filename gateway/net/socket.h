#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "net/plan.h"

namespace gw::net {

/// Sockets as far as somebody could reach the box by them, or the box somebody.
enum class SocketKind : std::uint8_t {
  tcp_listening,
  tcp_calling,  ///< connects or is connected
  udp,
  raw,
  packet,  ///< hears and sends frames in front of all rules
};

/// A socket of a network namespace, whichever process holds it now.
struct Socket {
  SocketKind kind = SocketKind::tcp_listening;
  model::Endpoint local{};    ///< of raw: the protocol instead of the port; of packet: nothing
  std::uint32_t account = 0;  ///< of whoever made it

  friend bool operator==(const Socket&, const Socket&) = default;
};

/// "listening TCP socket 10.1.0.1:8080 of account 1000"
std::string to_text(const Socket& socket);

/// Has the socket a place in the plan? In lan and mgmt the openings have, in wan what accounts with a
/// permission call with; and in each what its own watcher or client needs (ISO-04, WLS-01).
bool has_place(const Plan& plan, Role role, const Socket& socket);

/// The openings that nobody listens at, each as a short text.
std::vector<std::string> silent_openings(const Plan& plan, Role role, const std::vector<Socket>& sockets);

}  // namespace gw::net
