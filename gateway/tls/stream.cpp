#include "tls/stream.h"

#include <openssl/err.h>

#include "pki/description.h"
#include "pki/verifier.h"
#include "tls/remote_signature.h"
#include "tls/socket_bio.h"

namespace gw::tls {
namespace {

using R = model::CloseReason;

/// The library's error numbers that have a reason of their own; anything else is the leg's general failure.
struct FailureRow {
  int number;
  R terminal_side;
  R cloud_side;
};
constexpr FailureRow kFailures[] = {
    {SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE, R::certificate_missing, R::upstream_tls_failed},
    {SSL_R_UNSUPPORTED_PROTOCOL, R::tls_version, R::upstream_tls_failed},
    {SSL_R_VERSION_TOO_LOW, R::tls_version, R::upstream_tls_failed},
    {SSL_R_NO_SHARED_CIPHER, R::tls_parameters, R::upstream_tls_failed},
    {SSL_R_NO_SUITABLE_KEY_SHARE, R::tls_parameters, R::upstream_tls_failed},
    {SSL_R_NO_SUITABLE_GROUPS, R::tls_parameters, R::upstream_tls_failed},
    {SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, R::tls_parameters, R::upstream_tls_failed},
    {SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, R::tls_parameters, R::upstream_tls_failed},
    {SSL_R_WRONG_SIGNATURE_TYPE, R::certificate_weak, R::upstream_certificate_weak},
    {SSL_R_WRONG_CURVE, R::certificate_weak, R::upstream_certificate_weak},
    {SSL_R_BAD_SIGNATURE, R::certificate_not_owned, R::upstream_tls_failed},
    {SSL_R_UNEXPECTED_EOF_WHILE_READING, R::handshake_abandoned, R::upstream_closed},
};

R general_failure(Role role) {
  return role == Role::terminal_side ? R::tls_failed_downstream : R::upstream_tls_failed;
}

R reason_of_library(Role role, unsigned long error) {
  const int number = ERR_GET_REASON(error);
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) return general_failure(role);
  for (const FailureRow& row : kFailures)
    if (row.number == number) return role == Role::terminal_side ? row.terminal_side : row.cloud_side;
  // libssl adds a received alert's number to this offset.
  if (number > SSL_AD_REASON_OFFSET)
    return role == Role::terminal_side ? R::tls_alert_downstream : R::upstream_tls_alert;
  return general_failure(role);
}

/// SSL_get_error takes anything queued for the call's own failure; emptying an empty queue is not free.
void start_without_errors() {
  if (ERR_peek_error() != 0) ERR_clear_error();
}

std::string words_for(unsigned long error) {
  const char* words = ERR_reason_error_string(error);
  return words == nullptr ? "" : words;
}

std::string signature_text(int nid) {
  const char* name = nid == NID_undef ? nullptr : OBJ_nid2sn(nid);
  return name == nullptr ? "-" : name;
}

}  // namespace

Stream::Stream(Role role, ContextPtr context, Socket& socket, Permit permit, sys::Wake* wake)
    : role_(role),
      context_(std::move(context)),
      socket_(socket),
      permit_(std::move(permit)),
      wake_(wake),
      judged_by_(context_),
      ssl_(SSL_new(context_->handle())) {
  BIO* bio = make_socket_bio(socket_);
  GW_CHECK(ssl_ && bio != nullptr, "out of memory");
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_app_data(ssl_.get(), this);
  if (context_->remote_key() != nullptr) {
    GW_CHECK(wake_ != nullptr, "somebody is there to be told that the key has signed");
    SSL_set_mode(ssl_.get(), SSL_MODE_ASYNC);
  }
  GW_CHECK(context_->responder() == nullptr || wake_ != nullptr,
           "somebody is there to be told that the responder has answered");
  if (role_ == Role::terminal_side) {
    SSL_set_accept_state(ssl_.get());
    return;
  }
  SSL_set_connect_state(ssl_.get());
  SSL_set_tlsext_host_name(ssl_.get(), context_->verifier().demands().host_name.c_str());
  resume_earlier();
}

Stream::~Stream() {
  if (awaits_key()) {
    // The paused job holds a stack of its own and must come to its end.
    const SigningTurn last(*context_->remote_key(), *wake_, SigningTurn::Intent::give_up);
    SSL_do_handshake(ssl_.get());
    ERR_clear_error();
  }
  // An aborted connection does not spoil the cloud's session (RFC 4346 1.1); libssl would still forget it.
  if (SSL_is_init_finished(ssl_.get()))
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void Stream::resume_earlier() {
  const Context::Resumable* earlier = context_->resumable();
  if (earlier == nullptr || SSL_set_session(ssl_.get(), earlier->session.get()) != 1) return;
  peer_ = earlier->peer;
  holds_until_ = earlier->holds_until;
}

HandshakeState Stream::handshake() {
  if (state_ == HandshakeState::wants_status && watch_->is_asking()) return state_;
  start_without_errors();
  context_->keep_up();
  state_ = settle(go_on());
  return state_;
}

int Stream::go_on() {
  if (context_->remote_key() == nullptr) return SSL_do_handshake(ssl_.get());
  const SigningTurn turn(*context_->remote_key(), *wake_);
  const int result = SSL_do_handshake(ssl_.get());
  if (turn.failure()) {
    failure_ = *turn.failure();
    refused_ = true;
  }
  return result;
}

HandshakeState Stream::settle(int result) {
  if (result == 1) {
    SSL_clear_mode(ssl_.get(), SSL_MODE_ASYNC);  // what follows signs nothing
    return finish_handshake() ? HandshakeState::done : HandshakeState::failed;
  }
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return HandshakeState::wants_peer;
  if (error == SSL_ERROR_WANT_ASYNC) return HandshakeState::wants_key;
  if (error == SSL_ERROR_WANT_RETRY_VERIFY) return HandshakeState::wants_status;
  explain_failure();
  return HandshakeState::failed;
}

bool Stream::finish_handshake() {
  // RFC 7627 5.4: without the extended master secret a TLS 1.2 session can be spliced onto another.
  if (SSL_version(ssl_.get()) == TLS1_2_VERSION && SSL_get_extms_support(ssl_.get()) != 1) {
    failure_ = role_ == Role::terminal_side ? R::tls_extended_master_secret : R::upstream_tls_failed;
    failure_detail_ = "no extended master secret";
    return false;
  }
  const bool is_known = peer_ != nullptr || !context_->demands_peer();
  if (!is_known && SSL_session_reused(ssl_.get()) != 1) failure_ = R::internal;
  return is_known;
}

void Stream::explain_failure() {
  const unsigned long error = ERR_peek_error();
  if (refused_) return ERR_clear_error();
  if (error != 0) failure_detail_ = words_for(error);
  if (socket_.state() != Socket::State::open &&
      (error == 0 || ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING))
    failure_ = role_ == Role::terminal_side ? R::handshake_abandoned : R::upstream_closed;
  else
    failure_ = reason_of_library(role_, error);
  ERR_clear_error();
}

int Stream::verify(X509_STORE_CTX* chain, void*) {
  const auto* ssl =
      static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  return static_cast<Stream*>(SSL_get_app_data(ssl))->judge(chain) ? 1 : 0;
}

bool Stream::judge(X509_STORE_CTX* chain) {
  const pki::Verdict verdict = context_->verifier().judge(chain);
  std::optional<R> reason;
  if (const auto* refused = std::get_if<R>(&verdict)) {
    reason = *refused;
    failure_detail_ = context_->verifier().words();
    // Whoever breaks TLS open on the way does so in his own name.
    if (reason == R::upstream_certificate_untrusted)
      failure_detail_ += ", issued by " + pki::describe(X509_STORE_CTX_get0_cert(chain)).issuer;
  }
  if (!reason) {
    peer_ = std::get<pki::IdentityPtr>(verdict);
    holds_until_ = context_->holds_until();
  }
  if (!reason && permit_) {
    reason = permit_(peer_);
    if (reason) X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION);
  }
  if (!reason && context_->responder() != nullptr) {
    reason = judge_status(X509_STORE_CTX_get0_chain(chain));
    if (reason) X509_STORE_CTX_set_error(chain, pki::alert_error_of(context_->verifier().refusal().fault));
  }
  if (!reason) return true;
  refuse(*reason);
  return false;
}

void Stream::refuse(R reason) {
  failure_ = reason;
  refused_ = true;
}

/// What came with the handshake so far; empty for nothing.
Bytes Stream::stapled() const {
  const unsigned char* octets = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(ssl_.get(), &octets);
  return {octets, size > 0 ? static_cast<std::size_t>(size) : 0};
}

/// By what was stapled and by what the responder is known to have said.
pki::LeafStatus Stream::status_by(Context& by, const STACK_OF(X509) * chain) {
  if (!watch_ && by.responder() != nullptr && sk_X509_num(chain) > 1)
    watch_ = by.responder()->watch(pki::question_about(sk_X509_value(chain, 0), sk_X509_value(chain, 1)));
  pki::StatusAnswers answers{.stapled = stapled()};
  if (watch_) {
    answers.fetched = watch_->answer();
    heard_ = watch_->answers();
  }
  return by.verifier().status_of(answers, chain);
}

/// With the certificate at hand. If the responder has to be asked, libssl verifies once more when it has
/// answered: the handshake waits, and what is returned does not count.
std::optional<R> Stream::judge_status(const STACK_OF(X509) * chain) {
  const pki::LeafStatus status = status_by(*context_, chain);
  if (status.is_open && watch_->ask(wake_)) {
    GW_CHECK(SSL_set_retry_verify(ssl_.get()), "a client's handshake can wait for its verdict");
    return std::nullopt;
  }
  // In TLS 1.2 what is stapled comes after the certificate, and settles a doubt perhaps: check_stapled().
  const bool staple_follows =
      context_->verifier().demands().stapling && SSL_version(ssl_.get()) == TLS1_2_VERSION;
  if (staple_follows && std::holds_alternative<pki::Unknown>(status.verdict)) return std::nullopt;
  const std::optional<R> reason = context_->verifier().weigh(status);
  if (reason) failure_detail_ = context_->verifier().words();
  holds_until_ = std::min(holds_until_, context_->holds_until());
  return reason;
}

int Stream::check_stapled(SSL* ssl, void*) {
  auto* stream = static_cast<Stream*>(SSL_get_app_data(ssl));
  Context& context = *stream->context_;
  // In TLS 1.3 it came with the certificate, and was weighed with it.
  if (context.responder() != nullptr && SSL_version(ssl) != TLS1_2_VERSION) return 1;
  const auto reason = context.verifier().weigh(stream->status_by(context, SSL_get0_verified_chain(ssl)));
  // Another peer of the context may have been judged since this one's chain was.
  stream->holds_until_ = std::min(stream->holds_until_, context.holds_until());
  if (!reason) return 1;
  stream->failure_detail_ = context.verifier().words();
  stream->refuse(*reason);
  return 0;  // bad_certificate_status_response (RFC 6066 8)
}

int Stream::keep_session(SSL* ssl, SSL_SESSION* session) {
  auto* stream = static_cast<Stream*>(SSL_get_app_data(ssl));
  if (stream->peer_ == nullptr || stream->context_ == nullptr) return 0;
  stream->context_->keep_resumable(session, stream->peer_, stream->holds_until_);
  return 1;  // the reference is ours now
}

std::optional<R> Stream::judge_again(const ContextPtr& by) {
  // Another context asks in its own way; what was known until now is kept until it has looked.
  const std::unique_ptr<StatusWatch> before = by == judged_by_ ? nullptr : std::move(watch_);
  bool waits = false;
  const auto judge_status = [&](const STACK_OF(X509) * chain) -> std::optional<R> {
    const pki::LeafStatus status = status_by(*by, chain);
    waits = status.is_open && watch_->ask(nullptr);
    return waits ? std::nullopt : by->verifier().weigh(status);
  };
  const std::optional<R> reason = by->judge_again(ssl_.get(), judge_status);
  if (reason) failure_detail_ = by->verifier().words();
  judged_by_ = by;
  if (context_ != by) context_.reset();
  holds_until_ = reason ? model::CivilSeconds::max() : waits ? model::CivilSeconds::min() : by->holds_until();
  return reason;
}

Facts Stream::facts() const {
  int signature = NID_undef, digest = NID_undef;
  SSL_get_peer_signature_type_nid(ssl_.get(), &signature);
  SSL_get_peer_signature_nid(ssl_.get(), &digest);
  const int group = static_cast<int>(SSL_get_negotiated_group(ssl_.get()));
  const char* group_name = OBJ_nid2sn(group & 0xffff);
  Facts facts;
  facts.resumed = SSL_session_reused(ssl_.get()) == 1;
  facts.parameters = std::string(SSL_get_version(ssl_.get())) + " " + SSL_get_cipher_name(ssl_.get()) + " " +
                     (group_name != nullptr ? group_name : "-") + " " + signature_text(signature) + "-" +
                     signature_text(digest);
  return facts;
}

bool Stream::speaks_http2() const {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &size);
  return as_text(Bytes(name, size)) == "h2";
}

ReadOutcome Stream::read(MutableBytes into) {
  if (!socket_.has_news() && SSL_has_pending(ssl_.get()) == 0) return {ReadEnd::later};
  start_without_errors();
  std::size_t size = 0;
  const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &size);
  if (result == 1) return {ReadEnd::more, size};
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {ReadEnd::later};
    case SSL_ERROR_ZERO_RETURN:
      return {ReadEnd::closed};
    default:
      break;
  }
  const unsigned long error = ERR_peek_error();
  const bool is_alert = ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET;
  if (is_alert) failure_detail_ = words_for(error);
  ERR_clear_error();
  if (is_alert) return {ReadEnd::refused};
  if (socket_.state() == Socket::State::reset) return {ReadEnd::reset};
  return {socket_.state() == Socket::State::ended ? ReadEnd::truncated : ReadEnd::violation};
}

void Stream::write(Bytes bytes) {
  while (!bytes.empty()) {
    std::size_t size = 0;
    // The socket takes everything, so a refusal can only mean that the stream is already broken.
    if (SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &size) != 1) return ERR_clear_error();
    bytes = bytes.subspan(size);
  }
}

void Stream::close_write() {
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

void Stream::rest() { SSL_free_buffers(ssl_.get()); }

}  // namespace gw::tls
