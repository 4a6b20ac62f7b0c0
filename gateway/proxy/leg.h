#pragma once

#include <optional>

#include "model/address.h"
#include "tls/stream.h"

namespace gw::proxy {

/// One side of a session: the socket, and the TLS on it once there is some. Downstream is the terminal's
/// side, upstream the cloud's.
struct Leg {
  Leg(tls::Scratch& scratch, UniqueFd fd) : socket(scratch, std::move(fd)) {}

  tls::Socket socket;
  std::optional<tls::Stream> stream;

  /// Dissolves the leg so that the peer cannot take what it got for the whole.
  void abort();
};

/// Small answers at once, and a peer that vanished without a word is noticed within two minutes.
void tune_socket(int fd);
/// The other end and our end of a connected socket.
model::Endpoint remote_endpoint(int fd);
model::Endpoint local_endpoint(int fd);

}  // namespace gw::proxy
