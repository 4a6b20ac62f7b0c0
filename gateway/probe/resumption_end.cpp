#include "probe/resumption_end.h"

#include <openssl/err.h>

#include <array>
#include <optional>
#include <vector>

#include "model/authorise.h"

namespace gw::probe {
namespace {

constexpr std::uint32_t kEarlyOctets = 1024;  // that the permissive server takes
constexpr unsigned char kSomeContext[] = {'t', 'r', 'i', 'a', 'l'};

Error failed(const char* what) {
  ERR_clear_error();
  return {ErrorCode::tls_setup_failed, std::string("a server for the trial could not be ") + what};
}

/// proxyd's stream, on a socket that leads nowhere.
class BoxEnd : public ServerEnd {
 public:
  BoxEnd(tls::ContextPtr context, tls::Stream::Permit permit)
      : socket_(scratch_, UniqueFd()),
        stream_(tls::Role::terminal_side, std::move(context), socket_, std::move(permit)) {}

  SSL* ssl() override { return stream_.handle(); }
  tls::HandshakeState handshake() override { return stream_.handshake(); }
  std::string refusal() const override { return std::string(model::to_string(stream_.failure())); }

 private:
  tls::Scratch scratch_;
  tls::Socket socket_;
  tls::Stream stream_;
};

class PermissiveEnd : public ServerEnd {
 public:
  explicit PermissiveEnd(SslPtr ssl) : ssl_(std::move(ssl)) { SSL_set_accept_state(ssl_.get()); }
  ~PermissiveEnd() override {
    // Otherwise libssl forgets the session that it gave out.
    if (SSL_is_init_finished(ssl_.get()))
      SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  }

  SSL* ssl() override { return ssl_.get(); }
  tls::HandshakeState handshake() override;
  std::string refusal() const override { return refusal_; }

 private:
  int take_early_data();

  SslPtr ssl_;
  enum class Early : std::uint8_t { coming, over } early_ = Early::coming;
  std::string refusal_;
};

int PermissiveEnd::take_early_data() {
  std::array<char, kEarlyOctets> octets;
  for (std::size_t size = 0;;) {
    const int result = SSL_read_early_data(ssl_.get(), octets.data(), octets.size(), &size);
    if (result == SSL_READ_EARLY_DATA_ERROR) return -1;
    if (result == SSL_READ_EARLY_DATA_FINISH) return 1;
  }
}

tls::HandshakeState PermissiveEnd::handshake() {
  ERR_clear_error();
  int result = early_ == Early::coming ? take_early_data() : 1;
  if (result == 1) {
    early_ = Early::over;
    result = SSL_do_handshake(ssl_.get());
  }
  if (result == 1) return tls::HandshakeState::done;
  if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ) return tls::HandshakeState::wants_peer;
  const char* words = ERR_reason_error_string(ERR_peek_error());
  refusal_ = words != nullptr ? words : "no reason given";
  ERR_clear_error();
  return tls::HandshakeState::failed;
}

}  // namespace

std::unique_ptr<ServerEnd> BoxListener::accept() {
  const auto permit = [edition = edition_, listener = model::ListenerId(number_)](
                          const pki::IdentityPtr& identity) -> std::optional<model::CloseReason> {
    const auto answer =
        model::authorise(edition->snapshot(), listener, *identity, "", system_clock().civil_now());
    const auto* reason = std::get_if<model::CloseReason>(&answer);
    return reason != nullptr ? std::optional(*reason) : std::nullopt;
  };
  return std::make_unique<BoxEnd>(edition_->contexts(model::ServiceId(number_)).downstream, permit);
}

Result<tls::ContextHandle> plain_context(const SSL_METHOD* method, const TrialCredential& own,
                                         const TrialCredential& authority) {
  tls::ContextHandle context(SSL_CTX_new_ex(plain_library(), nullptr, method));
  if (!context) return failed("begun");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  const bool set =
      SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1 &&
      SSL_CTX_use_certificate(context.get(), own.certificate.get()) == 1 &&
      SSL_CTX_use_PrivateKey(context.get(), own.key.get()) == 1 &&
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.certificate.get()) == 1;
  if (!set) return failed("set up");
  return context;
}

Result<PermissiveServer> PermissiveServer::make(const TrialTenant& tenant) {
  GW_TRY(tls::ContextHandle context, plain_context(TLS_server_method(), tenant.listener, tenant.authority));
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_SERVER);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_ANTI_REPLAY);  // which would keep tickets in its cache
  SSL_CTX_set_max_early_data(context.get(), kEarlyOctets);
  SSL_CTX_set_recv_max_early_data(context.get(), kEarlyOctets);
  if (SSL_CTX_set_session_id_context(context.get(), kSomeContext, sizeof kSomeContext) != 1)
    return failed("given a session id context");
  return PermissiveServer(std::move(context));
}

std::unique_ptr<ServerEnd> PermissiveServer::accept() {
  SslPtr ssl(SSL_new(context_.get()));
  if (!ssl) return nullptr;
  return std::make_unique<PermissiveEnd>(std::move(ssl));
}

Result<> PermissiveServer::pose_as(SSL_CTX* place, Bytes session_id_context) {
  const long size = SSL_CTX_get_tlsext_ticket_keys(place, nullptr, 0);
  std::vector<unsigned char> keys(size > 0 ? static_cast<std::size_t>(size) : 0);
  if (keys.empty() || SSL_CTX_get_tlsext_ticket_keys(place, keys.data(), size) != 1 ||
      SSL_CTX_set_tlsext_ticket_keys(context_.get(), keys.data(), size) != 1)
    return failed("given the listener's ticket keys");
  if (session_id_context.empty()) return Done{};
  if (SSL_CTX_set_session_id_context(context_.get(), session_id_context.data(),
                                     static_cast<unsigned>(session_id_context.size())) != 1)
    return failed("given the listener's session id context");
  return Done{};
}

}  // namespace gw::probe
