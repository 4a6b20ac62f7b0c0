#include "unit/pki/chain_check.h"

#include <openssl/x509_vfy.h>

#include "pki/certificate.h"
#include "pki/trust_set.h"
#include "tls/provider.h"

namespace gw::pki {
namespace {

using ParametersPtr = std::unique_ptr<X509_VERIFY_PARAM, Freer<X509_VERIFY_PARAM_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;

X509StorePtr anchors_in(const std::string& pem) {
  GW_CHECK(tls::install_provider(), "the provider can be installed");
  TrustSet anchors;
  GW_CHECK(anchors.add(pem, {}), "the test's anchors can be read");
  return anchors.store_at(model::CivilSeconds(0));
}

}  // namespace

ChainCheck::ChainCheck(PeerDemands demands, const std::string& anchors_pem)
    : ChainCheck(std::move(demands), anchors_pem,
                 std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now())) {}

ChainCheck::ChainCheck(PeerDemands demands, const std::string& anchors_pem, CivilTime now)
    : verifier_(std::move(demands), clock), anchors_(anchors_in(anchors_pem)) {
  clock.set_civil(now);
}

Verdict ChainCheck::with(const std::string& chain_pem, const X509_VERIFY_PARAM* parameters,
                         const Judge& judge) {
  const std::vector<X509Ptr> sent = certificates_of(chain_pem);
  STACK_OF(X509)* stack = sk_X509_new_null();
  for (const X509Ptr& certificate : sent) sk_X509_push(stack, certificate.get());
  const StoreContextPtr context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), anchors_.get(), sent.front().get(), stack);
  X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(context.get()), 2);
  const bool terminal = verifier_.demands().peer == Peer::terminal;
  X509_STORE_CTX_set_default(context.get(), terminal ? "ssl_client" : "ssl_server");
  X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(context.get()), parameters);
  const Verdict verdict = judge(context.get());
  error_ = X509_STORE_CTX_get_error(context.get());
  sk_X509_free(stack);
  return verdict;
}

Verdict ChainCheck::judge(const std::string& chain_pem) {
  const ParametersPtr parameters(X509_VERIFY_PARAM_new());
  verifier_.configure(parameters.get());
  return with(chain_pem, parameters.get(),
              [this](X509_STORE_CTX* context) { return verifier_.judge(context); });
}

bool ChainCheck::library_believes(const std::string& chain_pem, unsigned long flags) {
  const ParametersPtr parameters(X509_VERIFY_PARAM_new());
  const PeerDemands& demands = verifier_.demands();
  const bool terminal = demands.peer == Peer::terminal;
  X509_VERIFY_PARAM_set_purpose(parameters.get(),
                                terminal ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(parameters.get(), X509_V_FLAG_PARTIAL_CHAIN | flags);
  X509_VERIFY_PARAM_set_time(
      parameters.get(),
      std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch().count());
  if (!terminal) X509_VERIFY_PARAM_set1_host(parameters.get(), demands.host_name.c_str(), 0);
  return std::holds_alternative<IdentityPtr>(with(chain_pem, parameters.get(), [](X509_STORE_CTX* context) {
    return X509_verify_cert(context) == 1 ? Verdict(IdentityPtr()) : Verdict(model::CloseReason::internal);
  }));
}

model::CloseReason ChainCheck::refusal(const std::string& chain_pem) {
  const Verdict verdict = judge(chain_pem);
  const auto* reason = std::get_if<model::CloseReason>(&verdict);
  return reason != nullptr ? *reason : model::CloseReason::finished;
}

}  // namespace gw::pki
