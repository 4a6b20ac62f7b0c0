#include "tls/probe_handshake.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <limits>

#include "pki/description.h"
#include "tls/profile.h"
#include "tls/socket_bio.h"

namespace gw::tls {
namespace {

using model::Asked;
using model::Probe;
using model::Seen;
using Answer = model::Probed::Answer;

std::string cut(std::string words) {
  words.resize(std::min(words.size(), kForeignTextLimit));
  return words;
}

/// TLS 1.2 as HIGH-12 has it, without what else that profile has.
Result<> apply_probe(SSL_CTX* context, Probe probe) {
  GW_TRY(apply_profile(context,
                       probe == Probe::tls13 ? model::ProfileName::high_13 : model::ProfileName::high_12));
  const int version = probe == Probe::tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  GW_CHECK(SSL_CTX_set_max_proto_version(context, version) == 1, "the library has the profiles' versions");
  return Done{};
}

}  // namespace

ProbeHandshake::ProbeHandshake(Probe probe, std::string server_name, Socket& socket)
    : probe_(probe),
      server_name_(std::move(server_name)),
      socket_(socket),
      context_(SSL_CTX_new(TLS_client_method())) {
  GW_CHECK(context_, "out of memory");
}

ProbeHandshake& ProbeHandshake::behind(const SSL* ssl) {
  return *static_cast<ProbeHandshake*>(SSL_get_app_data(ssl));
}

Result<std::unique_ptr<ProbeHandshake>> ProbeHandshake::make(Probe probe, const std::string& server_name,
                                                             Socket& socket) {
  std::unique_ptr<ProbeHandshake> out(new ProbeHandshake(probe, server_name, socket));
  GW_TRY(out->set_up());
  return out;
}

Result<> ProbeHandshake::set_up() {
  SSL_CTX* context = context_.get();
  GW_TRY(apply_probe(context, probe_));
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_cert_verify_callback(
      context, [](X509_STORE_CTX*, void*) { return 1; }, nullptr);
  SSL_CTX_set_client_cert_cb(context, [](SSL* ssl, X509**, EVP_PKEY**) {
    behind(ssl).was_asked_ = true;
    return 0;  // there is none
  });
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, [](SSL* ssl, SSL_SESSION*) {
    behind(ssl).resumption_ = Seen::yes;
    return 0;  // not kept
  });
  SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
  SSL_CTX_set_tlsext_status_cb(
      context, +[](SSL* ssl, void*) {
        const unsigned char* answer = nullptr;
        behind(ssl).stapled_ = SSL_get_tlsext_status_ocsp_resp(ssl, &answer) > 0 ? Seen::yes : Seen::no;
        return 1;
      });
  ssl_.reset(SSL_new(context));
  BIO* bio = make_socket_bio(socket_);
  GW_CHECK(ssl_ && bio != nullptr, "out of memory");
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_app_data(ssl_.get(), this);
  SSL_set_connect_state(ssl_.get());
  SSL_set_tlsext_host_name(ssl_.get(), server_name_.c_str());
  return Done{};
}

ProbeHandshake::State ProbeHandshake::go_on() {
  ERR_clear_error();
  if (state_ == State::listening) return state_ = listen();
  if (state_ == State::over) return state_;
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) return state_ = listen();
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return state_;
  return state_ = fail();
}

/// What the endpoint says of itself behind the handshake. Data that comes unasked is looked at no further.
ProbeHandshake::State ProbeHandshake::listen() {
  std::uint8_t octet = 0;
  std::size_t size = 0;
  const int result = SSL_read_ex(ssl_.get(), &octet, 1, &size);
  if (result == 1 || resumption_ == Seen::yes) return State::over;
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return State::listening;
  if (error == SSL_ERROR_ZERO_RETURN) return State::over;
  return fail();
}

ProbeHandshake::State ProbeHandshake::fail() {
  const unsigned long error = ERR_peek_error();
  const char* words = error == 0 ? nullptr : ERR_reason_error_string(error);
  const bool is_alert = ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET;
  heard_no_ = is_alert || socket_.state() != Socket::State::open;
  failure_ = words == nullptr ? "the endpoint ended the connection" : words;
  ERR_clear_error();
  return State::over;
}

void ProbeHandshake::close() {
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

bool ProbeHandshake::has_chosen() const { return SSL_get_current_cipher(ssl_.get()) != nullptr; }

model::Probed ProbeHandshake::probed() const {
  if (has_chosen()) {
    const int group = static_cast<int>(SSL_get_negotiated_group(ssl_.get()));
    const char* group_name = OBJ_nid2sn(group & 0xffff);
    return {Answer::agreed,
            cut(std::string(SSL_get_version(ssl_.get())) + " " + SSL_get_cipher_name(ssl_.get()) + " " +
                (group == 0 || group_name == nullptr ? "-" : group_name))};
  }
  if (state_ != State::over) return {Answer::unknown, "no answer in time"};
  return {heard_no_ ? Answer::refused : Answer::unknown, cut(failure_)};
}

std::optional<model::EndpointCertificate> ProbeHandshake::certificate() const {
  X509* own = SSL_get0_peer_certificate(ssl_.get());
  if (own == nullptr) return std::nullopt;
  const pki::Description told = pki::describe(own);
  const int chain = sk_X509_num(SSL_get_peer_cert_chain(ssl_.get()));
  const bool is_named = X509_check_host(own, server_name_.c_str(), server_name_.size(),
                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
  return model::EndpointCertificate{cut(told.subject),
                                    cut(told.issuer),
                                    cut(told.key),
                                    told.life.ends,
                                    static_cast<std::uint16_t>(std::clamp(chain, 1, 0xffff)),
                                    is_named};
}

/// Whoever was asked and then heard a no may have been refused for that; whoever was not asked was not.
Asked ProbeHandshake::asked() const {
  if (was_asked_) return heard_no_ ? Asked::demanded : Asked::asked;
  return SSL_is_init_finished(ssl_.get()) != 0 ? Asked::no : Asked::unknown;
}

void ProbeHandshake::tell(model::EndpointGrade& grade) const {
  grade.of(probe_) = probed();
  if (const auto shown = certificate(); shown && !grade.certificate) grade.certificate = shown;
  // Of two answers the one that says more counts; of two certificates the newer version's.
  grade.stapled = std::max(grade.stapled, stapled_);
  const bool went_through = SSL_is_init_finished(ssl_.get()) != 0 && !heard_no_;
  grade.resumption = std::max(grade.resumption, went_through ? std::max(resumption_, Seen::no) : resumption_);
  grade.client_certificate = std::max(grade.client_certificate, asked());
}

}  // namespace gw::tls
