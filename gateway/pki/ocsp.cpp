#include "pki/ocsp.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include "pki/responder.h"
#include "pki/strength.h"
#include "pki/times.h"

namespace gw::pki {
namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, Freer<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, Freer<OCSP_BASICRESP_free>>;
using CertificateIdPtr = std::unique_ptr<OCSP_CERTID, Freer<OCSP_CERTID_free>>;
using FeaturesPtr = std::unique_ptr<TLS_FEATURE, Freer<TLS_FEATURE_free>>;
using StackPtr = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })>;

ResponsePtr read(Bytes octets) {
  const unsigned char* at = octets.data();
  ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(octets.size())));
  return at == octets.data() + octets.size() ? std::move(response) : nullptr;
}

/// The signature itself; whether the signer may is asked in responder.h.
bool is_signed_by(OCSP_BASICRESP* basic, X509* signer) {
  const StackPtr known(sk_X509_new_null());
  sk_X509_push(known.get(), signer);
  return OCSP_basic_verify(basic, known.get(), nullptr, OCSP_NOINTERN | OCSP_NOVERIFY) == 1;
}

/// Is the single answer about this certificate, in whichever digest the responder names it (4.1.1)?
bool is_about(OCSP_SINGLERESP* single, const X509* certificate, const X509* issuer) {
  auto* id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
  ASN1_OBJECT* digest = nullptr;
  if (OCSP_id_get0_info(nullptr, &digest, nullptr, nullptr, id) != 1) return false;
  const int kind = OBJ_obj2nid(digest);
  if (kind != NID_sha1 && kind != NID_sha256 && kind != NID_sha384 && kind != NID_sha512) return false;
  const CertificateIdPtr ours(OCSP_cert_to_id(EVP_get_digestbynid(kind), certificate, issuer));
  return ours && OCSP_id_cmp(id, ours.get()) == 0;
}

OCSP_SINGLERESP* answer_about(OCSP_BASICRESP* basic, const X509* certificate, const X509* issuer) {
  for (int i = 0; i < OCSP_resp_count(basic); ++i)
    if (OCSP_SINGLERESP* single = OCSP_resp_get0(basic, i); is_about(single, certificate, issuer))
      return single;
  return nullptr;
}

/// RFC 6960 3.2 (5), (6); without nextUpdate there is always something newer (2.4), so it is stale.
std::optional<Doubt> doubt_about_time(std::optional<model::CivilSeconds> begins,
                                      std::optional<model::CivilSeconds> ends, model::CivilSeconds now) {
  if (!begins || *begins > now + kResponderSkew) return Doubt::not_yet;
  if (!ends || *ends < now || *ends < *begins) return Doubt::stale;
  return std::nullopt;
}

RevocationVerdict verdict_of(OCSP_SINGLERESP* single, model::CivilSeconds now) {
  if (OCSP_SINGLERESP_get_ext_by_critical(single, 1, -1) >= 0) return Unknown{Doubt::unknown_extension};
  int reason = 0;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *begins = nullptr, *ends = nullptr;
  const int status = OCSP_single_get0_status(single, &reason, &revoked, &begins, &ends);
  if (status == V_OCSP_CERTSTATUS_REVOKED)  // also if stale: nobody takes it back
    return Revoked{reason < 0 ? 0 : reason, seconds_of(revoked).value_or(model::CivilSeconds(0))};
  const auto end = seconds_of(ends);
  if (const auto doubt = doubt_about_time(seconds_of(begins), end, now)) return Unknown{*doubt};
  if (status != V_OCSP_CERTSTATUS_GOOD) return Unknown{Doubt::not_known_to_issuer};
  return Good{*end};
}

RevocationVerdict judge(OCSP_BASICRESP* basic, const X509* certificate, X509* issuer,
                        model::CivilSeconds now) {
  OCSP_SINGLERESP* single = answer_about(basic, certificate, issuer);
  if (single == nullptr) return Unknown{Doubt::other_certificate};
  X509* signer = responder_of(basic, issuer, now);
  if (signer == nullptr) return Unknown{Doubt::issuer_may_not_sign};
  const X509_ALGOR* how = OCSP_resp_get0_tbs_sigalg(basic);
  if (!is_strong_signature(OBJ_obj2nid(how->algorithm), how)) return Unknown{Doubt::weak_signature};
  if (!is_signed_by(basic, signer)) return Unknown{Doubt::bad_signature};
  if (OCSP_BASICRESP_get_ext_by_critical(basic, 1, -1) >= 0) return Unknown{Doubt::unknown_extension};
  return verdict_of(single, now);
}

}  // namespace

bool promises_answer(const X509* leaf) {
  constexpr std::uint64_t kStatusRequest = 5;  // RFC 6066 8, an extension's number
  const FeaturesPtr features(
      static_cast<TLS_FEATURE*>(X509_get_ext_d2i(leaf, NID_tlsfeature, nullptr, nullptr)));
  for (int i = 0; features && i < sk_ASN1_INTEGER_num(features.get()); ++i) {
    std::uint64_t feature = 0;
    if (ASN1_INTEGER_get_uint64(&feature, sk_ASN1_INTEGER_value(features.get(), i)) == 1 &&
        feature == kStatusRequest)
      return true;
  }
  return false;
}

std::optional<model::CivilSeconds> said_at(Bytes answer, const X509* certificate, const X509* issuer) {
  const ResponsePtr response = read(answer);
  const BasicPtr basic(response ? OCSP_response_get1_basic(response.get()) : nullptr);
  OCSP_SINGLERESP* single = basic ? answer_about(basic.get(), certificate, issuer) : nullptr;
  ASN1_GENERALIZEDTIME* begins = nullptr;
  if (single != nullptr) OCSP_single_get0_status(single, nullptr, nullptr, &begins, nullptr);
  ERR_clear_error();
  return begins == nullptr ? std::nullopt : seconds_of(begins);
}

RevocationVerdict judge_answer(Bytes answer, const X509* certificate, X509* issuer, model::CivilSeconds now) {
  if (answer.size() > kMaxAnswerOctets) return Unknown{Doubt::too_large};
  const ResponsePtr response = read(answer);
  RevocationVerdict verdict = Unknown{Doubt::unreadable};
  if (response && OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
    verdict = Unknown{Doubt::responder_failed};
  else if (const BasicPtr basic(response ? OCSP_response_get1_basic(response.get()) : nullptr); basic)
    verdict = judge(basic.get(), certificate, issuer, now);
  ERR_clear_error();
  return verdict;
}

}  // namespace gw::pki
