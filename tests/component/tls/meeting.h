#pragma once

#include <memory>
#include <optional>
#include <string>

#include "support/manual_clock.h"
#include "support/tls_peer.h"
#include "sys/reactor.h"
#include "tls/stream.h"

namespace gw::tls {

/// Our Stream and a stock OpenSSL that have met on a TCP connection: a terminal that came to the box, or a
/// cloud that the box went to. The box trusts what the test says, and nothing of it is a stand-in.
class Meeting {
 public:
  struct Setup {
    pki::Peer peer = pki::Peer::terminal;
    support::PeerOptions stranger{};  ///< what OpenSSL is set up with
    std::string anchors_pem{};        ///< what the box trusts
    std::optional<pki::RevocationPolicy> stapling{};
    model::ProfileName profile = model::ProfileName::high_13;
    CivilTime now{};  ///< what the box's clock says
  };
  explicit Meeting(const Setup& setup);

  /// Until the box has its verdict and the peer has heard of it. False if that takes too long.
  bool shake_hands();

  /// The box's clock from now on.
  void set_now(CivilTime now) { clock_.set_civil(now); }
  /// What the box says of its peer now.
  std::optional<model::CloseReason> judge_again() { return stream_->judge_again(context_); }
  HandshakeState state() const { return state_; }
  const Stream& stream() const { return *stream_; }
  const support::TlsPeer& stranger() const { return *stranger_; }
  support::TlsPeer& stranger() { return *stranger_; }
  const ContextPtr& context() { return context_; }

 private:
  ContextPtr make_context(const Setup& setup);
  bool is_over() const;

  support::ManualClock clock_;
  std::unique_ptr<sys::Reactor> reactor_;
  Scratch scratch_;
  sys::Wake wake_;
  ContextPtr context_;
  std::optional<Socket> socket_;
  std::optional<support::TlsPeer> stranger_;
  std::optional<Stream> stream_;
  HandshakeState state_ = HandshakeState::wants_peer;
};

}  // namespace gw::tls
