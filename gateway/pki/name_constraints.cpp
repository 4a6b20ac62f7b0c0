#include "pki/name_constraints.h"

#include "base/check.h"

namespace gw::pki {
namespace {

/// A certificate that carries nothing but the name, so that libcrypto's own comparison can be asked.
X509Ptr bearer_of(const std::string& dns_name) {
  X509Ptr bearer(X509_new());
  GeneralNamesPtr names(GENERAL_NAMES_new());
  GENERAL_NAME* name = GENERAL_NAME_new();
  ASN1_IA5STRING* text = ASN1_IA5STRING_new();
  GW_CHECK(bearer && names && name != nullptr && text != nullptr, "out of memory");
  ASN1_STRING_set(text, dns_name.data(), static_cast<int>(dns_name.size()));
  GENERAL_NAME_set0_value(name, GEN_DNS, text);
  sk_GENERAL_NAME_push(names.get(), name);
  GW_CHECK(X509_add1_ext_i2d(bearer.get(), NID_subject_alt_name, names.get(), 0, 0) == 1, "out of memory");
  X509_check_purpose(bearer.get(), -1, 0);  // has libcrypto read the extensions into its cache
  return bearer;
}

}  // namespace

bool constraints_allow(STACK_OF(X509) * chain, const std::string& dns_name) {
  X509Ptr bearer;
  for (int i = 1; i < sk_X509_num(chain); ++i) {
    const NameConstraintsPtr constraints(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(sk_X509_value(chain, i), NID_name_constraints, nullptr, nullptr)));
    if (!constraints) continue;
    if (!bearer) bearer = bearer_of(dns_name);
    if (NAME_CONSTRAINTS_check(bearer.get(), constraints.get()) != X509_V_OK) return false;
  }
  return true;
}

}  // namespace gw::pki
