#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "probe/resumption_tenant.h"
#include "tls/stream.h"

namespace gw::probe {

using SslPtr = std::unique_ptr<SSL, pki::Freer<SSL_free>>;

/// The server's end of one connection. Its bytes come and go by whatever BIOs are put on ssl().
class ServerEnd {
 public:
  virtual ~ServerEnd() = default;
  virtual SSL* ssl() = 0;
  virtual tls::HandshakeState handshake() = 0;
  /// After `failed`: why, as a text id or in the library's words.
  virtual std::string refusal() const = 0;
};

/// A place that terminals connect to.
class Place {
 public:
  virtual ~Place() = default;
  /// The end of a new connection; null if there is no memory for it.
  virtual std::unique_ptr<ServerEnd> accept() = 0;
};

/// One listener of the box as proxyd serves it: the edition's own context, proxyd's own stream on it, and the
/// whitelist's answer within the handshake.
class BoxListener : public Place {
 public:
  BoxListener(proxy::EditionPtr edition, std::uint16_t number)
      : edition_(std::move(edition)), number_(number) {}
  std::unique_ptr<ServerEnd> accept() override;

 private:
  proxy::EditionPtr edition_;
  std::uint16_t number_;  // of the listener and of its service
};

/// What an attacker would set up to be resumed: a tenant's own certificate and demands on plain OpenSSL, with
/// everything on that the box has off: tickets, session ids, early data as often as one likes.
class PermissiveServer : public Place {
 public:
  /// tls.setup_failed.
  static Result<PermissiveServer> make(const TrialTenant& tenant);
  std::unique_ptr<ServerEnd> accept() override;

  /// From now on its tickets are sealed with the keys of that context, and made out for that session id
  /// context if it has one: should the other place take any ticket at all, it takes these. tls.setup_failed.
  Result<> pose_as(SSL_CTX* place, Bytes session_id_context);

 private:
  explicit PermissiveServer(tls::ContextHandle context) : context_(std::move(context)) {}

  tls::ContextHandle context_;
};

/// A context of the plain library that shows this credential and demands a certificate of this authority, on
/// TLS 1.2 and 1.3; further authorities may be added. tls.setup_failed.
Result<tls::ContextHandle> plain_context(const SSL_METHOD* method, const TrialCredential& own,
                                         const TrialCredential& authority);

}  // namespace gw::probe
