#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "model/configuration.h"
#include "pki/certificate.h"
#include "pki/verifier.h"
#include "tls/remote_key.h"

namespace gw::tls {

using SessionPtr = std::unique_ptr<SSL_SESSION, pki::Freer<SSL_SESSION_free>>;
using ContextHandle = std::unique_ptr<SSL_CTX, pki::Freer<SSL_CTX_free>>;

/// Longest time an upstream session may be resumed (decision D7).
inline constexpr std::chrono::seconds kResumptionLimit{3600};

/// The TLS set-up of one leg of one service in one generation. Nothing in it is shared with another service,
/// tenant or generation: not the trust anchors, not the verdicts, not the resumable session (ISO-07, W4).
/// One thread. Streams made from it must not outlive it.
class Context {
 public:
  /// The terminal's side: certificate required, resumption and tickets off.
  static Result<std::shared_ptr<Context>> downstream(const model::Service& service,
                                                     const model::TrustAnchors& anchors, OwnKey key,
                                                     const Clock& clock);
  /// The cloud's side: the service's anchors, name and pins; resumption as the service allows; with
  /// `stapling`, an OCSP answer is asked for and weighed so, each time: nothing is resumed (SRV-03).
  static Result<std::shared_ptr<Context>> upstream(const model::Service& service, OwnKey key,
                                                   const Clock& clock,
                                                   std::optional<pki::RevocationPolicy> stapling = {});

  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  SSL_CTX* handle() const { return handle_.get(); }
  pki::Verifier& verifier() { return verifier_; }
  /// Null: the key is in this process.
  RemoteKey* remote_key() const { return remote_key_.get(); }

  /// The newest session the cloud handed out, with who its peer was, while it may still be resumed.
  struct Resumable {
    SessionPtr session{};
    pki::IdentityPtr peer{};
    Instant until{};
  };
  const Resumable* resumable() const;
  void keep_resumable(SSL_SESSION* session, pki::IdentityPtr peer);

 private:
  Context(ContextHandle handle, pki::PeerDemands demands, const Clock& clock)
      : handle_(std::move(handle)), verifier_(std::move(demands), clock), clock_(clock) {}
  static Result<std::shared_ptr<Context>> make(pki::PeerDemands demands, const model::Profile& profile,
                                               const model::Credential& credential,
                                               const model::TrustAnchors& anchors, OwnKey key,
                                               const Clock& clock);
  Result<> use_credential(const model::Credential& credential, OwnKey key);
  Result<> use_anchors(const model::TrustAnchors& anchors);

  ContextHandle handle_;
  std::shared_ptr<RemoteKey> remote_key_;
  pki::Verifier verifier_;
  const Clock& clock_;
  Resumable resumable_;
};

using ContextPtr = std::shared_ptr<Context>;

}  // namespace gw::tls
