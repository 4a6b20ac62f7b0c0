#include "pki/description.h"

#include <openssl/ec.h>
#include <openssl/err.h>

#include "base/text.h"
#include "pki/names_text.h"
#include "pki/usage.h"

namespace gw::pki {
namespace {

/// What a certificate may be, each asked for itself.
struct Row {
  bool (*holds)(const X509* certificate);
  const char* words;
};
bool has_purpose(const X509* certificate, std::uint32_t purpose) {
  const std::uint32_t purposes = X509_get_extended_key_usage(const_cast<X509*>(certificate));
  return purposes != UINT32_MAX && (purposes & purpose) != 0;
}
constexpr Row kRows[] = {
    {[](const X509* x) { return (X509_get_extension_flags(const_cast<X509*>(x)) & EXFLAG_CA) != 0; },
     "an authority"},
    {[](const X509* x) { return !usage_finding(x, Peer::terminal); },
     "a terminal toward the box, or the box toward a cloud service"},
    {[](const X509* x) { return !usage_finding(x, Peer::cloud); },
     "the box toward its terminals, or a cloud service"},
    {[](const X509* x) { return has_purpose(x, XKU_CODE_SIGN); }, "a signer of firmware"},
    {[](const X509* x) { return has_purpose(x, XKU_OCSP_SIGN); }, "a responder of its authority (OCSP)"},
};

std::string serial_text(const X509* certificate) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
  return to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

}  // namespace

std::string key_text(const EVP_PKEY* key) {
  if (key == nullptr) return "of a kind that the box does not take";
  if (EVP_PKEY_is_a(key, "RSA") == 1) return "RSA, " + std::to_string(EVP_PKEY_get_bits(key)) + " bits";
  char group[64] = {};
  const bool is_ec =
      EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1;
  const char* nist = is_ec ? EC_curve_nid2nist(OBJ_sn2nid(group)) : nullptr;
  const char* kind = EVP_PKEY_get0_type_name(key);
  return nist != nullptr ? nist : is_ec ? group : kind != nullptr ? kind : "unknown";
}

std::string pin_text(const Sha256& key_fingerprint) {
  unsigned char text[48] = {};
  EVP_EncodeBlock(text, key_fingerprint.data(), static_cast<int>(key_fingerprint.size()));
  return "sha256/" + std::string(reinterpret_cast<const char*>(text));
}

Description describe(const X509* certificate) {
  Description out;
  out.subject = name_text(X509_get_subject_name(certificate));
  out.issuer = name_text(X509_get_issuer_name(certificate));
  out.names = names_text(certificate);
  for (const Row& row : kRows)
    if (row.holds(certificate)) out.roles.emplace_back(row.words);
  out.key = key_text(X509_get0_pubkey(certificate));
  out.serial = serial_text(certificate);
  out.life = Life::of(certificate);
  out.fingerprint = fingerprint_of(certificate);
  out.key_fingerprint = key_fingerprint_of(certificate);
  ERR_clear_error();
  return out;
}

}  // namespace gw::pki
