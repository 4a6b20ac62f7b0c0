#include "pki/twin.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <vector>

#include "base/check.h"

namespace gw::pki {
namespace {

using SignaturePtr = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freer<BN_free>>;

/// The other signature in DER; empty if there is none.
std::vector<std::uint8_t> other_signature(const ASN1_BIT_STRING* signature, const EVP_PKEY* issuer_key) {
  BIGNUM* order = nullptr;
  if (EVP_PKEY_get_bn_param(issuer_key, OSSL_PKEY_PARAM_EC_ORDER, &order) != 1) return {};
  const NumberPtr group_order(order), other(BN_new());
  const unsigned char* at = ASN1_STRING_get0_data(signature);
  const SignaturePtr parsed(d2i_ECDSA_SIG(nullptr, &at, ASN1_STRING_length(signature)));
  if (!parsed || !other || BN_sub(other.get(), order, ECDSA_SIG_get0_s(parsed.get())) != 1) return {};
  const SignaturePtr made(ECDSA_SIG_new());
  BIGNUM* const r = BN_dup(ECDSA_SIG_get0_r(parsed.get()));
  BIGNUM* const s = BN_dup(other.get());
  if (!made || ECDSA_SIG_set0(made.get(), r, s) != 1) return {};
  std::vector<std::uint8_t> der(static_cast<std::size_t>(i2d_ECDSA_SIG(made.get(), nullptr)));
  unsigned char* to = der.data();
  i2d_ECDSA_SIG(made.get(), &to);
  return der;
}

}  // namespace

Sha256 twin_fingerprint_of(const X509* certificate, const EVP_PKEY* issuer_key) {
  if (issuer_key == nullptr || EVP_PKEY_get_base_id(issuer_key) != EVP_PKEY_EC)
    return fingerprint_of(certificate);
  const X509Ptr twin(X509_dup(certificate));
  const ASN1_BIT_STRING* signature = nullptr;
  if (twin) X509_get0_signature(&signature, nullptr, twin.get());
  const auto other = signature ? other_signature(signature, issuer_key) : std::vector<std::uint8_t>();
  ERR_clear_error();
  if (other.empty()) return fingerprint_of(certificate);
  // The copy is ours alone, and libcrypto has no other way to set a signature.
  GW_CHECK(ASN1_STRING_set(const_cast<ASN1_BIT_STRING*>(signature), other.data(),
                           static_cast<int>(other.size())) == 1,
           "out of memory");
  return fingerprint_of(twin.get());
}

}  // namespace gw::pki
