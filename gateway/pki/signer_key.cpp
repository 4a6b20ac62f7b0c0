#include "pki/signer_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>

namespace gw::pki {
namespace {

constexpr std::size_t kMostPem = 4096;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

}  // namespace

Result<SignerKey> SignerKey::from_pem(std::string_view pem) {
  const Error unusable{
      ErrorCode::config_certificate,
      "it holds no public Ed25519 key; make one of the vendor's key by `openssl pkey -pubout`"};
  if (pem.size() > kMostPem) return unusable;
  const BioPtr text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(text ? PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1) return unusable;
  return SignerKey(std::move(key));
}

bool SignerKey::has_signed(Bytes message, Bytes signature) const {
  const ContextPtr context(EVP_MD_CTX_new());
  const bool good =
      context && signature.size() == kSignature &&
      EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key_.get(), nullptr) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) ==
          1;
  ERR_clear_error();
  return good;
}

Sha256 SignerKey::fingerprint() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(
      der, [](unsigned char* octets) { OPENSSL_free(octets); });
  return sha256_of({der, static_cast<std::size_t>(size > 0 ? size : 0)});
}

}  // namespace gw::pki
