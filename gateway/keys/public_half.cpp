#include "keys/public_half.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <string_view>

#include "keys/manner.h"

namespace gw::keys {
namespace {

constexpr int kLeastRsaBits = 2048, kMostRsaBits = 4096;
constexpr std::string_view kCurves[] = {"prime256v1", "secp384r1", "secp521r1"};

using NumberPtr = std::unique_ptr<BIGNUM, pki::Freer<BN_free>>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, pki::Freer<OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, pki::Freer<OSSL_PARAM_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, pki::Freer<EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>>;
using SignaturePtr = std::unique_ptr<ECDSA_SIG, pki::Freer<ECDSA_SIG_free>>;

Error unreadable(const char* why) {
  ERR_clear_error();
  return {ErrorCode::key_unreadable, why};
}

NumberPtr number(Bytes octets) {
  return NumberPtr(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}

bool is_strong(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) {
    const int bits = EVP_PKEY_get_bits(key);
    return bits >= kLeastRsaBits && bits <= kMostRsaBits;
  }
  char group[32] = {};
  if (EVP_PKEY_is_a(key, "EC") != 1 || EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1)
    return false;
  for (const std::string_view curve : kCurves)
    if (curve == group) return true;
  return false;
}

Result<PublicHalf> from(const char* kind, OSSL_PARAM_BLD* builder) {
  const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return unreadable("its public half is not one");
  return PublicHalf::of(pki::KeyPtr(key));
}

}  // namespace

Result<PublicHalf> PublicHalf::of(pki::KeyPtr key) {
  if (!is_strong(key.get()))
    return unreadable("not a key of P-256, P-384, P-521 or RSA with 2048 bits or more");
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  if (size <= 0) return unreadable("its public half cannot be written down");
  std::vector<std::uint8_t> copy(der, der + size);
  OPENSSL_free(der);
  return PublicHalf(std::move(key), std::move(copy));
}

Result<PublicHalf> PublicHalf::of_ec(const char* curve, Bytes point) {
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) !=
          1)
    return unreadable("its point cannot be taken in");
  return from("EC", builder.get());
}

Result<PublicHalf> PublicHalf::of_rsa(Bytes modulus, Bytes exponent) {
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  const NumberPtr n = number(modulus), e = number(exponent);
  if (!builder || !n || !e || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return unreadable("its modulus cannot be taken in");
  return from("RSA", builder.get());
}

std::size_t PublicHalf::width() const {
  return (static_cast<std::size_t>(EVP_PKEY_get_bits(key_.get())) + 7) / 8;
}

bool PublicHalf::is_rsa() const { return EVP_PKEY_is_a(key_.get(), "RSA") == 1; }

Result<> PublicHalf::suits(model::SignatureScheme scheme) const {
  const bool for_rsa = manner_of(scheme).padding != Padding::ecdsa;
  if (for_rsa == is_rsa()) return Done{};
  return Error{ErrorCode::key_scheme_unsuitable,
               for_rsa ? "an EC key makes no RSA signature" : "an RSA key makes no ECDSA signature"};
}

bool PublicHalf::verifies(model::SignatureScheme scheme, Bytes message, Bytes signature) const {
  const Manner manner = manner_of(scheme);
  const DigestContextPtr context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* operation = nullptr;
  const bool good =
      context &&
      EVP_DigestVerifyInit(context.get(), &operation, digest_of(manner.hash), nullptr, key_.get()) == 1 &&
      set_padding(operation, manner.padding) &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) ==
          1;
  ERR_clear_error();
  return good;
}

std::vector<std::uint8_t> ecdsa_der(Bytes r, Bytes s) {
  const SignaturePtr pair(ECDSA_SIG_new());
  NumberPtr first = number(r), second = number(s);
  GW_CHECK(pair && first && second, "out of memory");
  GW_CHECK(ECDSA_SIG_set0(pair.get(), first.release(), second.release()) == 1, "two numbers are a pair");
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  GW_CHECK(size > 0, "out of memory");
  std::vector<std::uint8_t> out(der, der + size);
  OPENSSL_free(der);
  return out;
}

}  // namespace gw::keys
