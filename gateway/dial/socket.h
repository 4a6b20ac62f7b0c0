#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "model/address.h"

namespace gw::dial {

/// How far a non-blocking connect has come.
enum class Connecting : std::uint8_t { under_way, connected, refused, failed };

/// A non-blocking TCP socket, not yet connected, with the options of a session's upstream leg.
Result<UniqueFd> open_stream(model::Family family);
/// Starts the connect, and called again tells how it goes on: two calls on loopback need no readiness.
/// `refused`: the peer said no. `failed`: nobody answered; errno has the reason for both.
Connecting connect_step(int fd, const model::Endpoint& remote);
/// A non-blocking UDP socket that hears `remote` only, from a port the kernel picks at random (RFC 5452 9.2).
Result<UniqueFd> connect_datagram(const model::Endpoint& remote);
Result<model::Endpoint> local_endpoint(int fd);

}  // namespace gw::dial
