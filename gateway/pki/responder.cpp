#include "pki/responder.h"

#include <algorithm>
#include <vector>

#include "pki/form.h"
#include "pki/strength.h"
#include "pki/times.h"
#include "pki/validity.h"

namespace gw::pki {
namespace {

constexpr int kMostCertificates = 4;  // one is enough; each costs a signature to look at

/// 4.2.1: a responder is named by its subject, or by the SHA-1 of its public key.
bool is_named(OCSP_BASICRESP* basic, X509* candidate) {
  const ASN1_OCTET_STRING* key = nullptr;
  const X509_NAME* name = nullptr;
  if (OCSP_resp_get0_id(basic, &key, &name) != 1) return false;
  if (name != nullptr) return X509_NAME_cmp(name, X509_get_subject_name(candidate)) == 0;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  return X509_pubkey_digest(candidate, EVP_sha1(), digest, &size) == 1 &&
         static_cast<int>(size) == ASN1_STRING_length(key) &&
         std::equal(digest, digest + size, ASN1_STRING_get0_data(key));
}

bool is_valid_at(const X509* certificate, model::CivilSeconds now) {
  const auto begins = seconds_of(X509_get0_notBefore(certificate));
  const auto ends = seconds_of(X509_get0_notAfter(certificate));
  return begins && ends && *begins <= now && now <= *ends;
}

/// What its extensions must say, and nothing in them that nobody knows.
bool is_made_for_answers(X509* candidate) {
  if ((X509_get_extension_flags(candidate) & (EXFLAG_INVALID | EXFLAG_CRITICAL | EXFLAG_CA)) != 0)
    return false;
  const std::uint32_t purposes = X509_get_extended_key_usage(candidate);
  return purposes != UINT32_MAX && (purposes & XKU_OCSP_SIGN) != 0 &&
         (X509_get_key_usage(candidate) & KU_DIGITAL_SIGNATURE) != 0 &&
         X509_get_ext_by_NID(candidate, NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

bool is_sound(const X509* candidate) {
  return !form_finding(candidate) && !validity_finding(candidate) && !signature_finding(candidate) &&
         !strength_finding(candidate);
}

bool is_delegate(X509* candidate, X509* issuer, model::CivilSeconds now) {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  return is_made_for_answers(candidate) && is_valid_at(candidate, now) && is_sound(candidate) &&
         X509_check_issued(issuer, candidate) == X509_V_OK && key != nullptr &&
         X509_verify(candidate, key) == 1;
}

}  // namespace

X509* responder_of(OCSP_BASICRESP* basic, X509* issuer, model::CivilSeconds now) {
  if (is_named(basic, issuer)) return issuer;
  const STACK_OF(X509)* sent = OCSP_resp_get0_certs(basic);
  const int count = std::min(sk_X509_num(sent), kMostCertificates);
  for (int i = 0; i < count; ++i)
    if (X509* candidate = sk_X509_value(sent, i);
        is_named(basic, candidate) && is_delegate(candidate, issuer, now))
      return candidate;
  return nullptr;
}

}  // namespace gw::pki
