#include "keys/manner.h"

#include <openssl/rsa.h>

#include <array>

#include "base/check.h"

namespace gw::keys {
namespace {

constexpr std::array<Manner, 9> kManners{{
    // in the order of model::SignatureScheme
    {Padding::ecdsa, Hash::sha256},
    {Padding::ecdsa, Hash::sha384},
    {Padding::ecdsa, Hash::sha512},
    {Padding::pss, Hash::sha256},
    {Padding::pss, Hash::sha384},
    {Padding::pss, Hash::sha512},
    {Padding::pkcs1, Hash::sha256},
    {Padding::pkcs1, Hash::sha384},
    {Padding::pkcs1, Hash::sha512},
}};
static_assert(static_cast<std::size_t>(model::SignatureScheme::pkcs1_sha512) + 1 == kManners.size());

}  // namespace

Manner manner_of(model::SignatureScheme scheme) { return kManners.at(static_cast<std::size_t>(scheme)); }

const EVP_MD* digest_of(Hash hash) {
  switch (hash) {
    case Hash::sha256:
      return EVP_sha256();
    case Hash::sha384:
      return EVP_sha384();
    case Hash::sha512:
      return EVP_sha512();
  }
  GW_CHECK(false, "every hash has its digest");
}

std::vector<std::uint8_t> hash_of(Hash hash, Bytes message) {
  std::vector<std::uint8_t> digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  GW_CHECK(EVP_Digest(message.data(), message.size(), digest.data(), &size, digest_of(hash), nullptr) == 1,
           "the SHA-2 family is always there");
  digest.resize(size);
  return digest;
}

bool set_padding(EVP_PKEY_CTX* operation, Padding padding) {
  switch (padding) {
    case Padding::ecdsa:
      return true;
    case Padding::pkcs1:
      return EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PADDING) == 1;
    case Padding::pss:
      // RFC 8446 4.2.3: the salt is as long as the hash.
      return EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(operation, RSA_PSS_SALTLEN_DIGEST) == 1;
  }
  return false;
}

}  // namespace gw::keys
