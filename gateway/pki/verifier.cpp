#include "pki/verifier.h"

#include <openssl/err.h>

#include <algorithm>

#include "base/check.h"
#include "pki/certificate.h"
#include "pki/chain_rules.h"
#include "pki/ocsp.h"
#include "pki/times.h"

namespace gw::pki {
namespace {

/// libcrypto passes over a certificate that it cannot read, and finds no issuer: the better reason is there.
Finding look_at(X509* certificate, const Finding& otherwise) {
  if ((X509_get_extension_flags(certificate) & EXFLAG_INVALID) != 0)
    return {Fault::malformed, "an extension cannot be read (RFC 5280 4.2)"};
  if (X509_get0_pubkey(certificate) == nullptr)
    return {Fault::weak, "a key is of a kind that the box does not take"};
  return otherwise;
}

Finding closer_look(X509_STORE_CTX* chain, const Finding& otherwise) {
  Finding found = look_at(X509_STORE_CTX_get0_cert(chain), otherwise);
  const STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(chain);
  for (int i = 0; i < sk_X509_num(sent) && found.fault == otherwise.fault; ++i)
    found = look_at(sk_X509_value(sent, i), otherwise);
  ERR_clear_error();
  return found;
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
  // A trust anchor need not be self-signed: a clinic may trust one issuing CA of a larger hierarchy. STRICT
  // is RFC 5280's form as far as libcrypto knows it; chain_finding() knows the rest.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_X509_STRICT);
  if (terminal) return;
  // RFC 9525 6.3: the subject alternative name alone, and a wildcard is the whole left-most label.
  X509_VERIFY_PARAM_set_hostflags(parameters,
                                  X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  X509_VERIFY_PARAM_set1_host(parameters, demands_.host_name.c_str(), 0);
}

Verdict Verifier::judge(X509_STORE_CTX* chain) {
  const X509* leaf = X509_STORE_CTX_get0_cert(chain);
  // An OCSP answer is judged with the chain, so the chain has to be there each time.
  const auto* known = demands_.ask_status() ? nullptr : cache_.find(fingerprint_of(leaf), now());
  if (known != nullptr) {
    X509_STORE_CTX_set_error(chain, X509_V_OK);
    holds_until_ = known->ends;
    return known->identity;
  }
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(chain), now().count());
  return judge_from_nothing(chain);
}

Verdict Verifier::judge_from_nothing(X509_STORE_CTX* chain) {
  if (X509_verify_cert(chain) != 1) {
    const int error = X509_STORE_CTX_get_error(chain);
    const Finding found{fault_of(error), X509_verify_cert_error_string(error),
                        X509_STORE_CTX_get_error_depth(chain)};
    return refuse(chain, found.fault == Fault::untrusted ? closer_look(chain, found) : found);
  }
  STACK_OF(X509)* verified = X509_STORE_CTX_get0_chain(chain);
  if (const Finding found = chain_finding(verified, demands_.peer)) return refuse(chain, found);
  if (!pinned(verified)) return refuse(chain, {Fault::unpinned, "no key of the chain is a pin"});
  const EVP_PKEY* issuer = sk_X509_num(verified) > 1 ? X509_get0_pubkey(sk_X509_value(verified, 1)) : nullptr;
  auto read = IdentityReader::read(X509_STORE_CTX_get0_cert(chain), issuer);
  if (const auto* fault = std::get_if<Fault>(&read))
    return refuse(chain, {*fault, "the alternative names name nobody"});
  const RevocationVerdict revocation = revocation_of(verified);
  if (const Finding found = revocation_finding(revocation, policy_, now())) return refuse(chain, found);
  remember(std::get<IdentityPtr>(read), verified, revocation);
  return std::get<IdentityPtr>(read);
}

Verdict Verifier::refuse(X509_STORE_CTX* chain, const Finding& found) {
  refusal_ = found;
  X509_STORE_CTX_set_error(chain, alert_error_of(found.fault));
  return reason_of(demands_.peer, found.fault);
}

bool Verifier::pinned(STACK_OF(X509) * chain) const {
  if (demands_.pins.empty()) return true;
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const Sha256 key = key_fingerprint_of(sk_X509_value(chain, i));
    if (std::find(demands_.pins.begin(), demands_.pins.end(), key) != demands_.pins.end()) return true;
  }
  return false;
}

LeafStatus Verifier::status_of(const StatusAnswers& answers, const STACK_OF(X509) * chain) const {
  GW_CHECK(sk_X509_num(chain) > 0, "a chain that was believed has been built");
  if (!demands_.ask_status() || sk_X509_num(chain) == 1)  // an anchor is not asked about
    return {Good{model::CivilSeconds::max()}, RevocationPolicy::hard()};
  const X509* leaf = sk_X509_value(chain, 0);
  X509* issuer = sk_X509_value(chain, 1);
  const RevocationPolicy policy = demands_.stapling ? *demands_.stapling : *demands_.fetching;
  if (demands_.stapling && answers.stapled.empty() && promises_answer(leaf))
    return {Unknown{Doubt::no_answer}, RevocationPolicy::hard()};
  RevocationVerdict fetched = Unknown{Doubt::not_fetched};
  if (demands_.fetching && !answers.fetched.empty())
    fetched = judge_answer(answers.fetched, leaf, issuer, now());
  // Whoever has the key may staple what was true before.
  if (std::holds_alternative<Revoked>(fetched)) return {fetched, policy};
  RevocationVerdict stapled = Unknown{demands_.fetching ? Doubt::not_fetched : Doubt::no_answer};
  if (!answers.stapled.empty()) stapled = judge_answer(answers.stapled, leaf, issuer, now());
  if (!std::holds_alternative<Unknown>(stapled) || !demands_.fetching) return {stapled, policy};
  if (answers.fetched.empty()) return {stapled, policy, true};
  return {fetched, policy, std::holds_alternative<Unknown>(fetched)};
}

std::optional<model::CloseReason> Verifier::weigh(const LeafStatus& status) {
  const Finding found = revocation_finding(status.verdict, status.policy, now());
  holds_until_ = std::min(holds_until_, pki::holds_until(status.verdict, status.policy));
  if (!found) return std::nullopt;
  refusal_ = found;
  return reason_of(demands_.peer, found.fault);
}

void Verifier::use(std::shared_ptr<const RevocationLists> lists, RevocationPolicy policy) {
  lists_ = std::move(lists);
  policy_ = policy;
  cache_ = VerdictCache();
}

RevocationVerdict Verifier::revocation_of(const STACK_OF(X509) * chain) const {
  return lists_ ? lists_->judge(chain, now()) : RevocationVerdict(Good{model::CivilSeconds::max()});
}

void Verifier::remember(IdentityPtr identity, STACK_OF(X509) * chain, const RevocationVerdict& revocation) {
  model::CivilSeconds begins{0}, ends = model::CivilSeconds::max();
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const X509* certificate = sk_X509_value(chain, i);
    begins =
        std::max(begins, seconds_of(X509_get0_notBefore(certificate)).value_or(model::CivilSeconds::max()));
    ends = std::min(ends, not_after_of(certificate));
  }
  holds_until_ = std::min(ends, pki::holds_until(revocation, policy_));
  // A doubt that was let pass is looked at again each time.
  if (std::holds_alternative<Good>(revocation)) cache_.remember(std::move(identity), begins, holds_until_);
}

}  // namespace gw::pki
