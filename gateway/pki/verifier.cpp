#include "pki/verifier.h"

#include <algorithm>

#include "pki/certificate.h"
#include "pki/name_constraints.h"

namespace gw::pki {
namespace {

model::CivilSeconds seconds_of(const ASN1_TIME* time, model::CivilSeconds otherwise) {
  std::tm fields{};
  return ASN1_TIME_to_tm(time, &fields) == 1 ? model::CivilSeconds(::timegm(&fields)) : otherwise;
}

/// CRT-08. The security level asks for 112 bits, which P-224 has; elliptic curves start at 256 here.
bool has_weak_curve(STACK_OF(X509) * chain) {
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const EVP_PKEY* key = X509_get0_pubkey(sk_X509_value(chain, i));
    if (key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && EVP_PKEY_get_bits(key) < 256)
      return true;
  }
  return false;
}

Verdict refuse(X509_STORE_CTX* chain, int error, model::CloseReason reason) {
  X509_STORE_CTX_set_error(chain, error);
  return reason;
}

}  // namespace

model::CivilSeconds Verifier::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock_.civil_now()).time_since_epoch();
}

void Verifier::configure(X509_VERIFY_PARAM* parameters) const {
  const bool terminal = demands_.peer == Peer::terminal;
  X509_VERIFY_PARAM_set_purpose(parameters, terminal ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_trust(parameters, terminal ? X509_TRUST_SSL_CLIENT : X509_TRUST_SSL_SERVER);
  X509_VERIFY_PARAM_set_depth(parameters, kMaxIntermediates);
  // A trust anchor need not be self-signed: a clinic may trust one issuing CA of a larger hierarchy.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  if (terminal) return;
  // RFC 9525 6.3: the subject alternative name alone, and a wildcard is the whole left-most label.
  X509_VERIFY_PARAM_set_hostflags(parameters,
                                  X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  X509_VERIFY_PARAM_set1_host(parameters, demands_.host_name.c_str(), 0);
}

Verdict Verifier::judge(X509_STORE_CTX* chain) {
  const X509* leaf = X509_STORE_CTX_get0_cert(chain);
  if (IdentityPtr known = cache_.find(fingerprint_of(leaf), now())) {
    X509_STORE_CTX_set_error(chain, X509_V_OK);
    return known;
  }
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(chain), now().count());
  return judge_from_nothing(chain);
}

Verdict Verifier::judge_from_nothing(X509_STORE_CTX* chain) {
  if (X509_verify_cert(chain) != 1) return reason_of(demands_.peer, X509_STORE_CTX_get_error(chain));
  STACK_OF(X509)* verified = X509_STORE_CTX_get0_chain(chain);
  if (has_weak_curve(verified))
    return refuse(chain, X509_V_ERR_EE_KEY_TOO_SMALL, reason_of(demands_.peer, X509_V_ERR_EE_KEY_TOO_SMALL));
  if (demands_.peer == Peer::cloud && !constraints_allow(verified, demands_.host_name))
    return refuse(chain, X509_V_ERR_EXCLUDED_VIOLATION, model::CloseReason::upstream_certificate_name);
  if (!pinned(verified))
    return refuse(chain, X509_V_ERR_CERT_REJECTED, model::CloseReason::upstream_certificate_pin);
  auto read = IdentityReader::read(X509_STORE_CTX_get0_cert(chain));
  if (const auto* reason = std::get_if<model::CloseReason>(&read))
    return refuse(
        chain, X509_V_ERR_CERT_REJECTED,
        demands_.peer == Peer::terminal ? *reason : model::CloseReason::upstream_certificate_untrusted);
  remember(std::get<IdentityPtr>(read), verified);
  return std::get<IdentityPtr>(read);
}

bool Verifier::pinned(STACK_OF(X509) * chain) const {
  if (demands_.pins.empty()) return true;
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const Sha256 key = key_fingerprint_of(sk_X509_value(chain, i));
    if (std::find(demands_.pins.begin(), demands_.pins.end(), key) != demands_.pins.end()) return true;
  }
  return false;
}

void Verifier::remember(IdentityPtr identity, STACK_OF(X509) * chain) {
  model::CivilSeconds begins{0}, ends = model::CivilSeconds::max();
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const X509* certificate = sk_X509_value(chain, i);
    begins = std::max(begins, seconds_of(X509_get0_notBefore(certificate), model::CivilSeconds::max()));
    ends = std::min(ends, not_after_of(certificate));
  }
  cache_.remember(std::move(identity), begins, ends);
}

}  // namespace gw::pki
