#include "pki/identity.h"

#include "base/text.h"
#include "pki/alternative_names.h"
#include "pki/certificate.h"
#include "pki/life.h"
#include "pki/twin.h"

namespace gw::pki {
namespace {

std::string hex_of(const ASN1_STRING* octets) {
  if (octets == nullptr) return {};
  return to_hex({ASN1_STRING_get0_data(octets), static_cast<std::size_t>(ASN1_STRING_length(octets))});
}

std::string_view text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

}  // namespace

bool IdentityReader::add_name(model::CertificateIdentity& identity, const GENERAL_NAME& name) {
  using model::SanKind;
  const auto kind = name.type == GEN_URI   ? SanKind::uri
                    : name.type == GEN_DNS ? SanKind::dns
                                           : SanKind::email;
  if (name.type != GEN_URI && name.type != GEN_DNS && name.type != GEN_EMAIL) return true;
  const std::string_view text = text_of(name.d.ia5);
  // A NUL or control character inside a name is an attempt to be read differently by two readers.
  for (const char c : text)
    if (c < 0x21 || c > 0x7e) return false;
  identity.names_.push_back({kind, kind == SanKind::dns ? to_lower(text) : std::string(text)});
  return true;
}

std::variant<IdentityPtr, Fault> IdentityReader::read(const X509* leaf, const EVP_PKEY* issuer_key) {
  int critical = 0;
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf, NID_subject_alt_name, &critical, nullptr)));
  if (!names) return critical == -1 ? Fault::no_identity : Fault::malformed;
  if (sk_GENERAL_NAME_num(names.get()) > kMaxNames) return Fault::malformed;

  std::shared_ptr<model::CertificateIdentity> identity(new model::CertificateIdentity);
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (!add_name(*identity, *sk_GENERAL_NAME_value(names.get(), i))) return Fault::malformed;
  if (identity->names_.empty()) return Fault::no_identity;

  identity->fingerprint_ = fingerprint_of(leaf);
  identity->twin_fingerprint_ = twin_fingerprint_of(leaf, issuer_key);
  identity->key_fingerprint_ = key_fingerprint_of(leaf);
  identity->issuer_key_id_ = hex_of(X509_get0_authority_key_id(const_cast<X509*>(leaf)));
  identity->serial_ = hex_of(X509_get0_serialNumber(leaf));
  const Life life = Life::of(leaf);
  identity->not_before_ = life.begins;
  identity->not_after_ = life.ends;
  return IdentityPtr(std::move(identity));
}

}  // namespace gw::pki
