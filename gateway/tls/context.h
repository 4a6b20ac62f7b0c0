#pragma once

#include <openssl/ssl.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "model/configuration.h"
#include "pki/trust.h"
#include "pki/verifier.h"
#include "tls/remote_key.h"
#include "tls/status_source.h"

namespace gw::tls {

using SessionPtr = std::unique_ptr<SSL_SESSION, pki::Freer<SSL_SESSION_free>>;
using ContextHandle = std::unique_ptr<SSL_CTX, pki::Freer<SSL_CTX_free>>;

/// Longest time an upstream session may be resumed (decision D7).
inline constexpr std::chrono::seconds kResumptionLimit{3600};

/// The TLS set-up of one leg of one service in one generation. Nothing that is found or agreed through it is
/// shared with another service, tenant or generation: not the verdicts, not the resumable session (ISO-07,
/// W4). One thread. Streams made from it must not outlive it.
class Context {
 public:
  /// The terminal's side: certificate required, resumption and tickets off.
  static Result<std::shared_ptr<Context>> downstream(const model::Service& service, pki::Trust trust,
                                                     OwnKey key, const Clock& clock);
  /// The cloud's side: the service's trust, name and pins; resumption as the service allows; with
  /// `stapling`, an OCSP answer is asked for and weighed so, each time: nothing is resumed (SRV-03). The same
  /// with `responder`, which is asked where nothing that counts is stapled; the trust's policy weighs.
  static Result<std::shared_ptr<Context>> upstream(const model::Service& service, pki::Trust trust,
                                                   OwnKey key, const Clock& clock,
                                                   std::optional<pki::RevocationPolicy> stapling = {},
                                                   StatusSourcePtr responder = nullptr);

  /// The terminal's side before it has a certificate: one is asked for, and none is let pass (RFC
  /// 7030 3.2.3). Whoever shows one is judged as in downstream(). For enrolment alone, or NET-04 would not
  /// hold.
  static Result<std::shared_ptr<Context>> for_enrolment(const model::Downstream& side, pki::Trust trust,
                                                        OwnKey key, const Clock& clock);
  /// Administrators' side (ADM-11): a certificate is asked for if the trust names anybody, and none is let
  /// pass. It says nothing about who somebody is but that he holds its key: a second factor.
  static Result<std::shared_ptr<Context>> for_administrators(const model::Credential& credential,
                                                             pki::Trust trust, OwnKey key,
                                                             const Clock& clock);
  /// The cloud's side before we have a certificate: none is shown (RFC 7030 2.2.3). For enrolment alone, or
  /// NET-04 would not hold.
  static Result<std::shared_ptr<Context>> nameless(const model::Service& service, pki::Trust trust,
                                                   const Clock& clock);

  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  SSL_CTX* handle() const { return handle_.get(); }
  pki::Verifier& verifier() { return verifier_; }
  /// Trusts whom the trust set names by now. If that is somebody else than before, nothing that was found or
  /// agreed counts any more. Not from within libssl: it takes away what a running verification stands on.
  void keep_up();
  /// After a verdict that refused nobody: from then on it has to be given again.
  model::CivilSeconds holds_until() const { return std::min(verifier_.holds_until(), trust_changes_); }
  /// The reason to refuse a leaf whose chain was believed, for its status.
  using StatusJudge = std::function<std::optional<model::CloseReason>(const STACK_OF(X509) * chain)>;
  /// Judges the peer of a finished handshake as if it came now; the handshake may have been another
  /// context's. The reason to refuse it, or nothing; a refusal takes the resumable session along.
  std::optional<model::CloseReason> judge_again(const SSL* ssl, const StatusJudge& judge_status);
  /// Does the handshake fail without the peer's certificate?
  bool demands_peer() const {
    return (SSL_CTX_get_verify_mode(handle()) & SSL_VERIFY_FAIL_IF_NO_PEER_CERT) != 0;
  }
  /// Null: the key is in this process.
  RemoteKey* remote_key() const { return remote_key_.get(); }
  /// Null: no responder is asked.
  StatusSource* responder() const { return responder_.get(); }

  /// The newest session the cloud handed out, with who its peer was, while it may still be resumed.
  struct Resumable {
    SessionPtr session{};
    pki::IdentityPtr peer{};
    model::CivilSeconds holds_until{};
    Instant until{};
  };
  const Resumable* resumable() const;
  /// `holds`: until when the verdict on the peer holds by itself.
  void keep_resumable(SSL_SESSION* session, pki::IdentityPtr peer, model::CivilSeconds holds);

 private:
  Context(ContextHandle handle, pki::PeerDemands demands, pki::Trust trust, const Clock& clock);
  static Result<std::shared_ptr<Context>> toward_terminals(const model::Downstream& side, pki::Trust trust,
                                                           OwnKey key, const Clock& clock, int verification);
  static Result<std::shared_ptr<Context>> make(pki::PeerDemands demands, const model::Profile& profile,
                                               pki::Trust trust, const Clock& clock);
  Result<> use_credential(const model::Credential& credential, OwnKey key);
  void use_anchors(model::CivilSeconds today);
  model::CivilSeconds now() const;

  ContextHandle handle_;
  std::shared_ptr<RemoteKey> remote_key_;
  StatusSourcePtr responder_;
  pki::Verifier verifier_;
  pki::Trust trust_;
  const Clock& clock_;
  model::CivilSeconds trust_since_ = model::CivilSeconds::max();  // the store holds what is trusted from here
  model::CivilSeconds trust_changes_ = model::CivilSeconds::min();  // to here; a clock may be set back
  Resumable resumable_;
};

using ContextPtr = std::shared_ptr<Context>;

}  // namespace gw::tls
