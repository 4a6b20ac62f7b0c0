#pragma once

#include <optional>

#include "http/connect.h"
#include "tls/stream.h"

namespace gw::proxy {

/// One side of a session: octets both ways. Downstream is the terminal's side, upstream the cloud's.
class Leg {
 public:
  Leg() = default;
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;
  virtual ~Leg() = default;

  /// Signals `wake`, which outlives it, at every news. False: it cannot be watched.
  virtual bool attach(sys::Reactor& reactor, sys::Wake& wake) = 0;
  virtual tls::ReadOutcome read(MutableBytes into) = 0;
  /// Behind ReadEnd::refused: the peer's objection.
  virtual std::string objection() const = 0;
  /// Queues all of it.
  virtual void write(Bytes bytes) = 0;
  /// Sends what is queued, as far as it is taken.
  virtual void flush() = 0;
  /// Nothing queued from before: the peer keeps up.
  virtual bool drained() const = 0;
  /// The peer is told that nothing follows; the other direction stays open.
  virtual void close_write() = 0;
  /// Takes what the peer still says, which nobody wants to know: octets. None: it need not be waited for.
  virtual std::optional<std::size_t> discard() = 0;
  virtual bool is_reset() const = 0;
  /// The peer has ended its side, or all of it, whether or not that was read already.
  virtual bool hung_up() const = 0;
  /// Nothing is going on: gives back the buffers. Harmless at any time.
  virtual void rest() = 0;
  /// Dissolves the leg so that the peer cannot take what it got for the whole.
  virtual void abort() = 0;
  /// Where octets go through as they are, what was received can be looked at in its place. Null elsewhere.
  virtual tls::Socket* bare() = 0;

  // a terminal's CONNECT is answered in the version of HTTP in which it asked
  virtual void accept_tunnel() = 0;
  virtual void refuse_tunnel(const http::Refusal& refusal) = 0;
};

/// A socket, and the TLS that the box speaks on it, once there is some. Without it octets go through as they
/// are.
class SocketLeg final : public Leg {
 public:
  SocketLeg(tls::Scratch& scratch, UniqueFd fd) : socket(scratch, std::move(fd)) {}

  tls::Socket socket;
  std::optional<tls::Stream> stream;

  bool attach(sys::Reactor& reactor, sys::Wake& wake) override {
    return static_cast<bool>(socket.attach(reactor, wake));
  }
  tls::ReadOutcome read(MutableBytes into) override;
  std::string objection() const override { return stream->failure_detail(); }
  void write(Bytes bytes) override;
  void flush() override { socket.flush(); }
  bool drained() const override { return socket.drained(); }
  void close_write() override;
  std::optional<std::size_t> discard() override;
  bool is_reset() const override { return socket.state() == tls::Socket::State::reset; }
  bool hung_up() const override { return socket.hung_up(); }
  void rest() override;
  void abort() override { socket.reset_on_close(); }
  tls::Socket* bare() override { return stream ? nullptr : &socket; }
  void accept_tunnel() override { write(as_bytes(http::tunnel_answer())); }
  void refuse_tunnel(const http::Refusal& refusal) override {
    write(as_bytes(http::refusal_answer(refusal)));
  }
};

}  // namespace gw::proxy
