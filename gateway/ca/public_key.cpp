#include "ca/public_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "pki/strength.h"

namespace gw::ca {
namespace {

using InfoPtr = std::unique_ptr<X509_PUBKEY, pki::Freer<X509_PUBKEY_free>>;

constexpr std::size_t kIdentifierOctets = 20;

Error weak(const char* why) {
  ERR_clear_error();
  return {ErrorCode::request_weak_key, why};
}

KeyKind kind_of(const EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return KeyKind::rsa;
  const int bits = EVP_PKEY_get_bits(key);
  return bits == 256 ? KeyKind::p256 : bits == 384 ? KeyKind::p384 : KeyKind::p521;
}

/// One key has one form here, or the register would take it for several: DER, a curve by its name, a point
/// that is not compressed (RFC 5480 2.1.1, 2.2).
bool is_plainly_written(const EVP_PKEY* key, Bytes info) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  const bool same = size > 0 && std::equal(info.begin(), info.end(), der, der + size);
  OPENSSL_free(der);
  if (!same || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return same;
  int spelt_out = 0;
  std::array<char, 16> form{};
  EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &spelt_out);
  return spelt_out == 0 &&
         EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, form.data(),
                                        form.size(), nullptr) == 1 &&
         std::string_view(form.data()) == OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED;
}

/// A hash by its name, from whatever offers it.
Octets hash(const char* name, const Octets& of) {
  Octets out(EVP_MAX_MD_SIZE);
  std::size_t size = 0;
  GW_CHECK(EVP_Q_digest(nullptr, name, nullptr, of.data(), of.size(), out.data(), &size) == 1,
           "SHA-1 and SHA-256 are always there");
  out.resize(size);
  return out;
}

}  // namespace

Result<PublicKey> PublicKey::read(Bytes info) {
  const unsigned char* at = info.data();
  const InfoPtr parsed(d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
  if (!parsed || at != info.data() + info.size()) return weak("the public key cannot be read");
  PublicKey out;
  out.key_.reset(X509_PUBKEY_get(parsed.get()), EVP_PKEY_free);
  if (!out.key_) return weak("the public key is of a kind that the box does not take");
  if (const pki::Finding found = pki::key_finding(out.key_.get())) return weak(found.words);
  if (!is_plainly_written(out.key_.get(), info))
    return weak("the public key is not written in its one plain form");
  const unsigned char* bits = nullptr;
  int size = 0;
  X509_PUBKEY_get0_param(nullptr, &bits, &size, nullptr, parsed.get());
  out.kind_ = kind_of(out.key_.get());
  out.der_.assign(info.begin(), info.end());
  out.bits_.assign(bits, bits + size);
  out.identifier_ = hash("SHA256", out.bits_);
  out.identifier_.resize(kIdentifierOctets);
  return out;
}

Octets PublicKey::ocsp_hash() const { return hash("SHA1", bits_); }

}  // namespace gw::ca
