#include "ca/issuer.h"

#include <openssl/err.h>

#include "pki/certificate.h"
#include "pki/times.h"

namespace gw::ca {
namespace {

Error unsuitable(const char* why) {
  ERR_clear_error();
  return {ErrorCode::issue_issuer_unsuitable, why};
}

std::uint32_t bit_of(Usage usage) { return usage == Usage::sign_lists ? KU_CRL_SIGN : KU_KEY_CERT_SIGN; }

Octets octets_of(const ASN1_OCTET_STRING* string) {
  const unsigned char* data = ASN1_STRING_get0_data(string);
  return {data, data + ASN1_STRING_length(string)};
}

}  // namespace

Result<Issuer> Issuer::of(const X509* certificate, Usage usage, model::CivilSeconds now,
                          keys::PrivateKey& key) {
  X509* readable = const_cast<X509*>(certificate);  // libcrypto caches what it reads
  const std::uint32_t flags = X509_get_extension_flags(readable);
  if ((flags & EXFLAG_INVALID) != 0 || (flags & EXFLAG_CA) == 0)
    return unsuitable("the issuing certificate is no authority (RFC 5280 4.2.1.9)");
  if ((flags & EXFLAG_KUSAGE) == 0 || (X509_get_key_usage(readable) & bit_of(usage)) == 0)
    return unsuitable("the authority may not sign this with its key (RFC 5280 4.2.1.3)");
  const ASN1_OCTET_STRING* identifier = X509_get0_subject_key_id(readable);
  if (identifier == nullptr)
    return unsuitable("the authority has no subject key identifier (RFC 5280 4.2.1.2)");
  if (pki::public_key_of(certificate) != key.public_key())
    return unsuitable("the authority's certificate belongs to another key");
  GW_TRY(PublicKey half, PublicKey::read(key.public_key()));
  Issuer issuer(certificate, std::move(half), key);
  issuer.key_identifier_ = octets_of(identifier);
  issuer.not_before_ = pki::seconds_of(X509_get0_notBefore(certificate)).value_or(model::CivilSeconds::max());
  issuer.not_after_ = pki::not_after_of(certificate);
  if (now < issuer.not_before_ || now >= issuer.not_after_)
    return unsuitable("the authority's certificate has ended, or has not begun: is the clock right?");
  return issuer;
}

Octets Issuer::name() const { return encoded(i2d_X509_NAME, X509_get_subject_name(certificate_)); }

long Issuer::path_length() const { return X509_get_pathlen(const_cast<X509*>(certificate_)); }

bool Issuer::permits(const Octets& certificate) const {
  const pki::NameConstraintsPtr constraints(
      static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(certificate_, NID_name_constraints, nullptr, nullptr)));
  if (!constraints) return true;
  const unsigned char* at = certificate.data();
  const pki::X509Ptr read(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  // libcrypto looks at the names only once it has read the extensions.
  const bool is_readable = read && (X509_get_extension_flags(read.get()) & EXFLAG_INVALID) == 0;
  const bool good = is_readable && NAME_CONSTRAINTS_check(read.get(), constraints.get()) == X509_V_OK &&
                    NAME_CONSTRAINTS_check_CN(read.get(), constraints.get()) == X509_V_OK;
  ERR_clear_error();
  return good;
}

Octets Issuer::authority_key() const {
  return tagged(Tag::sequence, {tagged(Tag::field_0, Bytes(key_identifier_))});
}

}  // namespace gw::ca
