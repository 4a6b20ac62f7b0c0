#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/close_reason.h"
#include "model/key_use.h"
#include "tls/context.h"
#include "tls/socket.h"

namespace gw::tls {

using Role = model::TlsRole;

/// What the handshake settled, for the record (NET-01, LOG-02).
struct Facts {
  std::string parameters{};  ///< "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 ECDSA-SHA256"
  bool resumed = false;
};

/// How a read went. Bytes may come with `more` or `later` only.
enum class ReadEnd : std::uint8_t {
  more,       ///< bytes were read, there may be more at once
  later,      ///< nothing now
  closed,     ///< close_notify: the peer has said all it wanted
  truncated,  ///< the connection ended without close_notify (RFC 8446 6.1)
  reset,      ///< the connection was reset
  refused,  ///< the peer sent an alert, see failure_detail(): in TLS 1.3 it may judge us after the handshake
  violation,  ///< the peer broke the protocol; the alert is queued
};
struct ReadOutcome {
  ReadEnd end;
  std::size_t size = 0;
};

enum class HandshakeState : std::uint8_t {
  wants_peer,
  wants_key,     ///< the context's key, which is elsewhere
  wants_status,  ///< a responder's answer about the peer's certificate
  done,
  failed
};

/// A leg's TLS: first handshake, then record protection. The relay asks only for the second, through read,
/// write, close_write and rest. Borrows the socket; keeps its context alive until another one judges the
/// peer. One thread.
class Stream {
 public:
  /// Asked with the verified identity inside the handshake, so that a refusal reaches the peer as an alert.
  using Permit = std::function<std::optional<model::CloseReason>(const pki::IdentityPtr&)>;

  /// `wake` is needed if the context's key is elsewhere, or a responder is asked: signalled when a handshake
  /// that wants the one or the other can go on. Outlives the stream.
  Stream(Role role, ContextPtr context, Socket& socket, Permit permit = {}, sys::Wake* wake = nullptr);
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream();

  // handshake
  HandshakeState handshake();
  /// The last word of handshake().
  bool awaits_key() const { return state_ == HandshakeState::wants_key; }
  bool stands() const { return state_ == HandshakeState::done; }
  /// After `failed`: why, as precisely as is known.
  model::CloseReason failure() const { return failure_; }
  /// The library's own words for a failure, or for the alert behind ReadEnd::refused, for the operator.
  const std::string& failure_detail() const { return failure_detail_; }
  /// libssl's side of it, for the isolation probe, which puts memory in the socket's place.
  SSL* handle() { return ssl_.get(); }
  /// After `done`: who the peer is (null: it showed no certificate where none is demanded), and what was
  /// agreed.
  const pki::IdentityPtr& peer() const { return peer_; }
  /// When this context, which may be a later one than the handshake's, has to judge the peer again: at once
  /// if it never has, or if a responder has said something new. Civil time, because certificates, lists and
  /// trust are dated in it.
  model::CivilSeconds holds_until(const ContextPtr& by) const {
    const bool heard_all = !watch_ || watch_->answers() == heard_;
    return by == judged_by_ && heard_all ? holds_until_ : model::CivilSeconds::min();
  }
  /// Judges the peer of a handshake that is done. The reason to end, or nothing (CRT-04, SRV-03). With
  /// another context, what the peer still hands out for resumption is of a generation that is over, and is
  /// dropped.
  std::optional<model::CloseReason> judge_again(const ContextPtr& by);
  Facts facts() const;
  /// After `done`: both agreed by ALPN that HTTP/2 follows (RFC 7301).
  bool speaks_http2() const;

  // record protection
  ReadOutcome read(MutableBytes into);
  /// Queues all of it on the socket.
  void write(Bytes bytes);
  /// Queues close_notify; the other direction stays open (RFC 8446 6.1).
  void close_write();
  /// Nothing is going on: gives back the buffers. Harmless at any time.
  void rest();

 private:
  static int verify(X509_STORE_CTX* chain, void* unused);
  static int check_stapled(SSL* ssl, void* unused);
  static int keep_session(SSL* ssl, SSL_SESSION* session);
  friend class Context;
  bool judge(X509_STORE_CTX* chain);
  Bytes stapled() const;
  pki::LeafStatus status_by(Context& by, const STACK_OF(X509) * chain);
  std::optional<model::CloseReason> judge_status(const STACK_OF(X509) * chain);
  void refuse(model::CloseReason reason);
  void resume_earlier();
  int go_on();
  HandshakeState settle(int result);
  bool finish_handshake();
  void explain_failure();

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  Role role_;
  model::CloseReason failure_ = model::CloseReason::internal;
  bool refused_ = false;  // failure_ was set by ourselves: the library knows no more than that
  HandshakeState state_ = HandshakeState::wants_peer;
  ContextPtr context_;
  Socket& socket_;
  Permit permit_;
  sys::Wake* wake_;
  pki::IdentityPtr peer_;
  ContextPtr judged_by_;
  model::CivilSeconds holds_until_ = model::CivilSeconds::min();
  std::unique_ptr<StatusWatch> watch_;  // of a peer that a responder was asked about
  std::uint64_t heard_ = 0;             // answers of it, of which the last was judged
  std::string failure_detail_;
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace gw::tls
