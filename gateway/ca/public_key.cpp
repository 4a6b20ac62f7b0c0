#include "ca/public_key.h"

#include <openssl/err.h>
#include <openssl/sha.h>

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
