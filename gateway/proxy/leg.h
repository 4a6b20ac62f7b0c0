#pragma once

#include <optional>

#include "tls/stream.h"

namespace gw::proxy {

/// One side of a session: the socket, and the TLS that the box speaks on it, once there is some. Without it
/// octets go through as they are. Downstream is the terminal's side, upstream the cloud's.
struct Leg {
  Leg(tls::Scratch& scratch, UniqueFd fd) : socket(scratch, std::move(fd)) {}

  tls::Socket socket;
  std::optional<tls::Stream> stream;

  tls::ReadOutcome read(MutableBytes into);
  /// Queues all of it.
  void write(Bytes bytes);
  /// The peer is told that nothing follows; the other direction stays open.
  void close_write();
  /// Nothing is going on: gives back the buffers. Harmless at any time.
  void rest();
  /// Dissolves the leg so that the peer cannot take what it got for the whole.
  void abort();
};

}  // namespace gw::proxy
