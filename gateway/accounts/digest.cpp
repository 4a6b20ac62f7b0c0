#include "accounts/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace gw::accounts {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> hmac(const EVP_MD* digest, Bytes key, Bytes octets) {
  std::array<std::uint8_t, N> out{};
  unsigned size = 0;
  const unsigned char none =
      0;  // of nothing there may be no address, and HMAC() takes that for the key before
  const unsigned char* const at = key.empty() ? &none : key.data();
  GW_CHECK(HMAC(digest, at, static_cast<int>(key.size()), octets.data(), octets.size(), out.data(), &size) !=
                   nullptr &&
               size == N,
           "libcrypto has no HMAC");
  return out;
}

}  // namespace

Sha256 sha256_of(Bytes octets) {
  Sha256 out{};
  GW_CHECK(EVP_Digest(octets.data(), octets.size(), out.data(), nullptr, EVP_sha256(), nullptr) == 1,
           "libcrypto has no SHA-256");
  return out;
}

Sha1 hmac_sha1(Bytes key, Bytes octets) { return hmac<20>(EVP_sha1(), key, octets); }
Sha256 hmac_sha256(Bytes key, Bytes octets) { return hmac<32>(EVP_sha256(), key, octets); }

bool are_same(Bytes one, Bytes other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace gw::accounts
