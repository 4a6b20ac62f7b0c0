#include "support/tls_peer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/socket.h>

#include <array>
#include <csignal>

#include "base/check.h"
#include "support/elsewhere.h"

namespace gw::support {
namespace {

pki::BioPtr reader(const std::string& text) {
  return pki::BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void use_credential(SSL_CTX* context, const Issued& issued) {
  if (issued.chain_pem.empty()) return;
  const pki::BioPtr chain = reader(issued.chain_pem);
  bool leaf = true;
  for (;;) {
    pki::X509Ptr certificate(X509_new_ex(elsewhere(), nullptr));
    X509* raw = certificate.get();
    if (PEM_read_bio_X509(chain.get(), &raw, nullptr, nullptr) == nullptr) break;
    if (leaf)
      SSL_CTX_use_certificate(context, certificate.get());
    else
      SSL_CTX_add1_chain_cert(context, certificate.get());
    leaf = false;
  }
  ERR_clear_error();
  const pki::KeyPtr key(PEM_read_bio_PrivateKey_ex(reader(issued.key_pem).get(), nullptr, nullptr, nullptr,
                                                   elsewhere(), nullptr));
  GW_CHECK(SSL_CTX_use_PrivateKey(context, key.get()) == 1, "a test credential fits together");
}

void trust(SSL_CTX* context, const std::string& pem, bool is_server) {
  if (pem.empty()) return;
  pki::X509Ptr certificate(X509_new_ex(elsewhere(), nullptr));
  X509* raw = certificate.get();
  PEM_read_bio_X509(reader(pem).get(), &raw, nullptr, nullptr);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (is_server ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
}

}  // namespace

TlsPeer TlsPeer::client(const PeerOptions& options, UniqueFd fd) {
  return {make_context(options, false), std::move(fd), false, options.server_name};
}
TlsPeer TlsPeer::server(const PeerOptions& options, UniqueFd fd) {
  TlsPeer peer(make_context(options, true), std::move(fd), true);
  if (options.staple.empty()) return peer;
  peer.staple_ = std::make_shared<const std::string>(options.staple);
  SSL_CTX_set_app_data(peer.context_.get(), const_cast<std::string*>(peer.staple_.get()));
  SSL_CTX_set_tlsext_status_cb(peer.context_.get(), staple);
  return peer;
}
TlsPeer TlsPeer::next(UniqueFd fd) const {
  TlsPeer peer(context_, std::move(fd), SSL_is_server(ssl_.get()) == 1);
  peer.staple_ = staple_;
  return peer;
}

TlsPeer::Context TlsPeer::make_context(const PeerOptions& options, bool is_server) {
  std::signal(SIGPIPE, SIG_IGN);  // the library writes to sockets that the box has reset
  Context owner(SSL_CTX_new_ex(elsewhere(), nullptr, is_server ? TLS_server_method() : TLS_client_method()),
                SSL_CTX_free);
  SSL_CTX* context = owner.get();
  SSL_CTX_set_security_level(context, 0);  // weak keys must be shown to be refused
  SSL_CTX_set_min_proto_version(context, options.min_version);
  SSL_CTX_set_max_proto_version(context, options.max_version);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (!options.groups.empty()) SSL_CTX_set1_groups_list(context, options.groups.c_str());
  if (!options.tickets) SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("peer"), 4);
  use_credential(context, options.credential);
  trust(context, options.trusts, is_server);
  SSL_CTX_set_info_callback(context, note_alert);
  return owner;
}

TlsPeer::TlsPeer(Context context, UniqueFd fd, bool is_server, const std::string& server_name)
    : fd_(std::move(fd)), context_(std::move(context)), ssl_(SSL_new(context_.get())) {
  SSL_set_fd(ssl_.get(), fd_.get());
  if (!server_name.empty()) SSL_set_tlsext_host_name(ssl_.get(), server_name.c_str());
  if (is_server)
    SSL_set_accept_state(ssl_.get());
  else
    SSL_set_connect_state(ssl_.get());
}

int TlsPeer::staple(SSL* ssl, void*) {
  const auto* answer = static_cast<const std::string*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(answer->data(), answer->size()));
  SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(answer->size()));
  return SSL_TLSEXT_ERR_OK;
}

void TlsPeer::note_alert(const SSL* ssl, int where, int value) {
  if ((where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT || (value >> 8) != SSL3_AL_FATAL) return;
  auto* self = static_cast<TlsPeer*>(SSL_get_app_data(ssl));
  self->alert_ = value & 0xff;
}

void TlsPeer::step() {
  if (broken_ || !fd_) return;
  SSL_set_app_data(ssl_.get(), this);  // here, not in the constructor: the peer may have moved since
  if (!established_) shake_hands();
  if (!established_ || broken_) return;
  write_some();
  if (reading_) read_some();
}

void TlsPeer::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1)
    established_ = true;
  else
    broken_ = went_wrong(result);
}

void TlsPeer::write_some() {
  while (!to_send_.empty()) {
    ERR_clear_error();
    const int size = SSL_write(ssl_.get(), to_send_.data(),
                               static_cast<int>(std::min<std::size_t>(to_send_.size(), 1 << 20)));
    if (size <= 0) {
      broken_ = went_wrong(size);
      return;
    }
    to_send_.erase(0, static_cast<std::size_t>(size));
  }
  if (closing_) SSL_shutdown(ssl_.get());
  closing_ = false;
}

void TlsPeer::read_some() {
  std::array<char, 65536> buffer;
  for (;;) {
    ERR_clear_error();
    const int size = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (size <= 0) {
      if (SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN)
        saw_close_ = true;
      else
        broken_ = went_wrong(size);
      return;
    }
    received_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

bool TlsPeer::went_wrong(int result) {
  const int error = SSL_get_error(ssl_.get(), result);
  return error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
}

void TlsPeer::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  fd_.reset();
}

}  // namespace gw::support
