#include "pki/chain_file.h"

#include <openssl/err.h>

#include "base/check.h"
#include "pki/certificate.h"
#include "pki/trust_set.h"

namespace gw::pki {
namespace {

using ContextPtr = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;
using ParametersPtr = std::unique_ptr<X509_VERIFY_PARAM, Freer<X509_VERIFY_PARAM_free>>;
using StackPtr = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })>;

constexpr int kSecurityLevel = 2;  // as in the box's TLS contexts

/// As libssl prepares it for a handshake.
ContextPtr context_for(const Verifier& verifier, X509_STORE* anchors, X509* leaf, STACK_OF(X509) * sent) {
  ContextPtr context(X509_STORE_CTX_new());
  GW_CHECK(context && X509_STORE_CTX_init(context.get(), anchors, leaf, sent) == 1, "out of memory");
  const ParametersPtr parameters(X509_VERIFY_PARAM_new());
  GW_CHECK(parameters, "out of memory");
  verifier.configure(parameters.get());
  X509_VERIFY_PARAM* own = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_auth_level(own, kSecurityLevel);
  const bool terminal = verifier.demands().peer == Peer::terminal;
  X509_STORE_CTX_set_default(context.get(), terminal ? "ssl_client" : "ssl_server");
  X509_VERIFY_PARAM_set1(own, parameters.get());
  return context;
}

/// In a handshake such a key cannot even be read: the box has no algorithm for it.
Finding kind_finding(const STACK_OF(X509) * chain) {
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const EVP_PKEY* key = X509_get0_pubkey(sk_X509_value(chain, i));
    if (key == nullptr || (EVP_PKEY_is_a(key, "EC") != 1 && EVP_PKEY_is_a(key, "RSA") != 1))
      return {Fault::weak, "a key is of a kind that the box does not take", i};
  }
  return {};
}

}  // namespace

Result<ChainVerdict> judge_chain(std::string_view chain_pem, std::string_view anchors_pem,
                                 const PeerDemands& demands, const Clock& clock) {
  GW_TRY(const auto chain, read_certificates(chain_pem));
  TrustSet trusted;
  GW_TRY(trusted.add(anchors_pem, {}));
  const StackPtr sent(sk_X509_new_null());
  for (const X509Ptr& certificate : chain)
    GW_CHECK(sent && sk_X509_push(sent.get(), certificate.get()) > 0, "out of memory");
  const X509StorePtr anchors = trusted.store_at(model::CivilSeconds{});  // always
  Verifier verifier(demands, clock);
  const ContextPtr context = context_for(verifier, anchors.get(), chain.front().get(), sent.get());
  const Verdict verdict = verifier.judge(context.get());
  const Finding kind = kind_finding(X509_STORE_CTX_get0_chain(context.get()));
  ERR_clear_error();
  if (const auto* reason = std::get_if<model::CloseReason>(&verdict))
    return ChainVerdict{*reason, verifier.refusal(), {}};
  if (kind) return ChainVerdict{reason_of(demands.peer, kind.fault), kind, {}};
  return ChainVerdict{{}, {}, std::get<IdentityPtr>(verdict)};
}

}  // namespace gw::pki
