#include "pki/strength.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace gw::pki {
namespace {

using PssPtr = std::unique_ptr<RSA_PSS_PARAMS, Freer<RSA_PSS_PARAMS_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freer<BN_free>>;

constexpr std::array<std::string_view, 3> kCurves = {"prime256v1", "secp384r1", "secp521r1"};
constexpr std::array kDigests = {NID_sha256, NID_sha384, NID_sha512};

bool is_strong_digest(int digest) {
  return std::find(kDigests.begin(), kDigests.end(), digest) != kDigests.end();
}

/// RFC 4055 3.1: without a digest among its parameters it is SHA-1.
int digest_of_pss(const X509_ALGOR& algorithm) {
  if (algorithm.parameter == nullptr || algorithm.parameter->type != V_ASN1_SEQUENCE) return NID_undef;
  const ASN1_STRING* encoded = algorithm.parameter->value.sequence;
  const unsigned char* at = ASN1_STRING_get0_data(encoded);
  const PssPtr parameters(d2i_RSA_PSS_PARAMS(nullptr, &at, ASN1_STRING_length(encoded)));
  if (!parameters || parameters->hashAlgorithm == nullptr) return NID_undef;
  return OBJ_obj2nid(parameters->hashAlgorithm->algorithm);
}

bool has_known_curve(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) == 1 &&
         std::find(kCurves.begin(), kCurves.end(), std::string_view(name.data(), size)) != kCurves.end();
}

constexpr int kLeastRsaBits = 2048, kMostRsaBits = 4096;

bool has_sound_exponent(const EVP_PKEY* key) {
  BIGNUM* read = nullptr;
  const bool there = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &read) == 1;
  const NumberPtr exponent(read);
  return there && BN_is_odd(exponent.get()) && !BN_is_one(exponent.get());
}

Finding finding_of_kind(const EVP_PKEY* key, int kind) {
  if (kind == EVP_PKEY_EC && !has_known_curve(key))
    return {Fault::weak, "a key's curve is none of P-256, P-384, P-521"};
  if ((kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS) && !has_sound_exponent(key))
    return {Fault::weak, "a key's RSA exponent is one, or even"};
  return {};
}

}  // namespace

bool is_strong_signature(int algorithm, const X509_ALGOR* parameters) {
  int digest = NID_undef, key = NID_undef;
  if (algorithm == NID_rsassaPss && parameters != nullptr)
    digest = digest_of_pss(*parameters);
  else
    OBJ_find_sigid_algs(algorithm, &digest, &key);
  return is_strong_digest(digest);
}

Finding signature_finding(const X509* certificate) {
  int digest = NID_undef;
  X509_get_signature_info(const_cast<X509*>(certificate), &digest, nullptr, nullptr, nullptr);
  if (is_strong_digest(digest)) return {};
  return {Fault::weak, "a signature's digest is none of SHA-256, SHA-384, SHA-512"};
}

Finding strength_finding(const X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  const int kind = key != nullptr ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;
  return finding_of_kind(key, kind);
}

Finding key_finding(const EVP_PKEY* key) {
  const int kind = EVP_PKEY_get_base_id(key);
  if (kind != EVP_PKEY_EC && kind != EVP_PKEY_RSA)
    return {Fault::weak, "the key is neither RSA nor on an elliptic curve that the box takes"};
  const int bits = EVP_PKEY_get_bits(key);
  if (kind == EVP_PKEY_RSA && (bits < kLeastRsaBits || bits > kMostRsaBits))
    return {Fault::weak, "the RSA key has fewer than 2048 or more than 4096 bits"};
  return finding_of_kind(key, kind);
}

}  // namespace gw::pki
