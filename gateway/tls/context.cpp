#include "tls/context.h"

#include <openssl/err.h>

#include "tls/profile.h"
#include "tls/stream.h"

namespace gw::tls {
namespace {

Error setup_failed(std::string detail) {
  ERR_clear_error();
  return {ErrorCode::tls_setup_failed, std::move(detail)};
}

/// NET-04: no certificate, no session.
constexpr int kDemanded = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;

/// W4, NET-05: a terminal's session is never resumed, so no state can carry an identity elsewhere.
void forbid_resumption(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

/// RFC 8446 4.4.2.1, RFC 6066 8. The callback is asked in every full handshake, answer or not.
void ask_for_answer(SSL_CTX* context, int (*check)(SSL*, void*)) {
  SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
  SSL_CTX_set_tlsext_status_cb(context, check);
}

/// HTTP/2 to whoever offers it. To others nothing is said: theirs is HTTP/1.1, as it is without ALPN.
int choose_http2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                 unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = {2, 'h', '2'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kOurs, sizeof kOurs, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

using CasePtr = std::unique_ptr<X509_STORE_CTX, pki::Freer<X509_STORE_CTX_free>>;

/// A chain before the judge as libssl brings it there, from the peer's certificates that the connection
/// keeps.
CasePtr case_of(SSL_CTX* context, const SSL* ssl, const char* purpose) {
  CasePtr chain(X509_STORE_CTX_new());
  GW_CHECK(chain && X509_STORE_CTX_init(chain.get(), SSL_CTX_get_cert_store(context),
                                        SSL_get0_peer_certificate(ssl), SSL_get_peer_cert_chain(ssl)) == 1,
           "out of memory");
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(chain.get());
  X509_VERIFY_PARAM_set_auth_level(parameters, SSL_CTX_get_security_level(context));
  GW_CHECK(X509_STORE_CTX_set_default(chain.get(), purpose) == 1 &&
               X509_VERIFY_PARAM_set1(parameters, SSL_CTX_get0_param(context)) == 1,
           "the library knows its own purposes");
  return chain;
}

}  // namespace

Context::Context(ContextHandle handle, pki::PeerDemands demands, pki::Trust trust, const Clock& clock)
    : handle_(std::move(handle)),
      verifier_(std::move(demands), clock),
      trust_(std::move(trust)),
      clock_(clock) {
  verifier_.use(trust_.lists, trust_.policy);
}

Result<ContextPtr> Context::make(pki::PeerDemands demands, const model::Profile& profile, pki::Trust trust,
                                 const Clock& clock) {
  ContextHandle handle(
      SSL_CTX_new(demands.peer == pki::Peer::terminal ? TLS_server_method() : TLS_client_method()));
  GW_CHECK(handle, "out of memory");
  ContextPtr context(new Context(std::move(handle), std::move(demands), std::move(trust), clock));
  SSL_CTX* ctx = context->handle();
  GW_TRY(apply_profile(ctx, profile.name));
  context->use_anchors(context->now());
  // Without NO_AUTO_CHAIN libssl verifies its own chain again in every handshake to learn what to send.
  SSL_CTX_set_mode(ctx, SSL_MODE_NO_AUTO_CHAIN | SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_verify(ctx, kDemanded, nullptr);
  SSL_CTX_set_cert_verify_callback(ctx, &Stream::verify, nullptr);
  context->verifier_.configure(SSL_CTX_get0_param(ctx));
  return context;
}

Result<ContextPtr> Context::toward_terminals(const model::Downstream& side, pki::Trust trust, OwnKey key,
                                             const Clock& clock, int verification) {
  GW_TRY(ContextPtr context, make({.peer = pki::Peer::terminal}, side.profile, std::move(trust), clock));
  GW_TRY(context->use_credential(side.credential, std::move(key)));
  forbid_resumption(context->handle());
  SSL_CTX_set_verify(context->handle(), verification, nullptr);
  return context;
}

Result<ContextPtr> Context::downstream(const model::Service& service, pki::Trust trust, OwnKey key,
                                       const Clock& clock) {
  GW_TRY(ContextPtr context,
         toward_terminals(service.downstream, std::move(trust), std::move(key), clock, kDemanded));
  // Elsewhere the box does not know what is spoken inside.
  if (service.mode == model::Mode::wrap) SSL_CTX_set_alpn_select_cb(context->handle(), choose_http2, nullptr);
  return context;
}

Result<ContextPtr> Context::for_enrolment(const model::Downstream& side, pki::Trust trust, OwnKey key,
                                          const Clock& clock) {
  return toward_terminals(side, std::move(trust), std::move(key), clock, SSL_VERIFY_PEER);
}

Result<ContextPtr> Context::for_administrators(const model::Credential& credential, pki::Trust trust,
                                               OwnKey key, const Clock& clock) {
  const int verification = trust.anchors->empty() ? SSL_VERIFY_NONE : SSL_VERIFY_PEER;
  const model::Downstream side{.server_names = {}, .credential = credential, .profile = {}};
  return toward_terminals(side, std::move(trust), std::move(key), clock, verification);
}

Result<ContextPtr> Context::upstream(const model::Service& service, pki::Trust trust, OwnKey key,
                                     const Clock& clock, std::optional<pki::RevocationPolicy> stapling,
                                     StatusSourcePtr responder) {
  const model::Upstream& side = service.upstream;
  pki::PeerDemands demands{
      .peer = pki::Peer::cloud, .host_name = side.server_name, .pins = side.pins, .stapling = stapling};
  if (responder) demands.fetching = trust.policy;
  GW_TRY(ContextPtr context, make(std::move(demands), side.profile, std::move(trust), clock));
  GW_TRY(context->use_credential(side.credential, std::move(key)));
  context->responder_ = std::move(responder);
  if (stapling) ask_for_answer(context->handle(), &Stream::check_stapled);
  if (!side.resume ||
      context->verifier_.demands().ask_status()) {  // a resumed session shows no chain to ask about
    forbid_resumption(context->handle());
    return context;
  }
  SSL_CTX_set_session_cache_mode(context->handle(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context->handle(), &Stream::keep_session);
  return context;
}

Result<ContextPtr> Context::nameless(const model::Service& service, pki::Trust trust, const Clock& clock) {
  const model::Upstream& side = service.upstream;
  GW_TRY(ContextPtr context, make({.peer = pki::Peer::cloud, .host_name = side.server_name}, side.profile,
                                  std::move(trust), clock));
  forbid_resumption(context->handle());
  return context;
}

Result<> Context::use_credential(const model::Credential& credential, OwnKey key) {
  GW_TRY(const auto chain, pki::read_certificates(credential.chain_pem));
  if (SSL_CTX_use_certificate(handle(), chain.front().get()) != 1)
    return setup_failed("our certificate cannot be used");
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (SSL_CTX_add1_chain_cert(handle(), chain[i].get()) != 1)
      return setup_failed("our chain cannot be used");
  // In the place of a key that is elsewhere stands its public half; SigningTurn does the rest.
  if (auto* elsewhere = std::get_if<std::shared_ptr<RemoteKey>>(&key)) remote_key_ = std::move(*elsewhere);
  EVP_PKEY* const half = remote_key_ ? X509_get0_pubkey(chain.front().get()) : std::get<EVP_PKEY*>(key);
  if (SSL_CTX_use_PrivateKey(handle(), half) != 1 || SSL_CTX_check_private_key(handle()) != 1) {
    ERR_clear_error();
    return Error{ErrorCode::key_mismatch, credential.certificate_file};
  }
  return Done{};
}

model::CivilSeconds Context::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock_.civil_now()).time_since_epoch();
}

void Context::keep_up() {
  const model::CivilSeconds today = now();
  if (trust_since_ <= today && today < trust_changes_) return;
  use_anchors(today);
  verifier_.use(trust_.lists, trust_.policy);
  resumable_ = {};
}

void Context::use_anchors(model::CivilSeconds today) {
  trust_since_ = trust_.anchors->last_change(today).value_or(model::CivilSeconds::min());
  trust_changes_ = trust_.anchors->next_change(today).value_or(model::CivilSeconds::max());
  SSL_CTX_set_cert_store(handle(), trust_.anchors->store_at(today).release());
  if (verifier_.demands().peer == pki::Peer::cloud) return;
  // Tells terminals which of their certificates is wanted (RFC 8446 4.2.4).
  SSL_CTX_set_client_CA_list(handle(), sk_X509_NAME_new_null());
  for (X509* anchor : trust_.anchors->at(today))
    GW_CHECK(SSL_CTX_add_client_CA(handle(), anchor) == 1, "out of memory");
}

std::optional<model::CloseReason> Context::judge_again(const SSL* ssl, const StatusJudge& judge_status) {
  keep_up();
  const bool terminal = verifier_.demands().peer == pki::Peer::terminal;
  const CasePtr chain = case_of(handle(), ssl, terminal ? "ssl_client" : "ssl_server");
  const pki::Verdict verdict = verifier_.judge(chain.get());
  std::optional<model::CloseReason> reason;
  if (const auto* refused = std::get_if<model::CloseReason>(&verdict)) reason = *refused;
  if (!reason && verifier_.demands().ask_status())
    reason = judge_status(X509_STORE_CTX_get0_chain(chain.get()));
  ERR_clear_error();
  if (reason) resumable_ = {};
  return reason;
}

const Context::Resumable* Context::resumable() const {
  const bool usable = resumable_.session && clock_.now() < resumable_.until &&
                      SSL_SESSION_is_resumable(resumable_.session.get()) == 1;
  return usable ? &resumable_ : nullptr;
}

void Context::keep_resumable(SSL_SESSION* session, pki::IdentityPtr peer, model::CivilSeconds holds) {
  // D7: at most an hour, at most the ticket's own life, and never past the verdict it stands for.
  const model::CivilSeconds today = now();
  const std::chrono::seconds ticket(SSL_SESSION_get_ticket_lifetime_hint(session));
  auto limit = std::min(kResumptionLimit, holds - today);
  if (ticket.count() > 0) limit = std::min(limit, ticket);
  resumable_ = Resumable{SessionPtr(session), std::move(peer), holds, clock_.now() + limit};
}

}  // namespace gw::tls
