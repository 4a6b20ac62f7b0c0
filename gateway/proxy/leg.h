#pragma once

#include <optional>

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

}  // namespace gw::proxy
