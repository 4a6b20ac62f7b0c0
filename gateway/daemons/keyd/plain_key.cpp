#include "plain_key.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "pki/certificate.h"

namespace gw::keys {
namespace {

using model::SignatureScheme;

class PlainKey : public PrivateKey {
 public:
  explicit PlainKey(pki::KeyPtr key) : key_(std::move(key)) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &der);
    if (size > 0) public_.assign(der, der + size);
    OPENSSL_free(der);
  }
  Keeping keeping() const override { return Keeping::plain_file; }
  const std::vector<std::uint8_t>& public_key() const override { return public_; }
  Result<std::vector<std::uint8_t>> sign(SignatureScheme scheme, Bytes message) override {
    const Error unsuitable{ErrorCode::key_scheme_unsuitable};
    const EVP_MD* digest = digests()[static_cast<std::size_t>(scheme) % 3];
    const bool ec = scheme <= SignatureScheme::ecdsa_sha512;
    if (ec != (EVP_PKEY_is_a(key_.get(), "EC") == 1)) return unsuitable;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* parameters = nullptr;
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), &parameters, digest, nullptr, key_.get()) != 1) return unsuitable;
    const bool pss = !ec && scheme <= SignatureScheme::pss_sha512;
    if (pss && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
      return unsuitable;
    if (EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1) return unsuitable;
    std::vector<std::uint8_t> signature(size);
    if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
      return unsuitable;
    signature.resize(size);
    return signature;
  }

 private:
  static const EVP_MD* const* digests() {
    static const EVP_MD* const all[] = {EVP_sha256(), EVP_sha384(), EVP_sha512()};
    return all;
  }
  pki::KeyPtr key_;
  std::vector<std::uint8_t> public_;
};

}  // namespace

Result<> warm_up() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  PlainKey key(pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")));
  GW_TRY(key.sign(SignatureScheme::ecdsa_sha256, {}));
  return Done{};
}

Result<PrivateKeyPtr> open_plain(const Secret& reference) {
  GW_TRY(pki::KeyPtr key, pki::read_private_key(reference));
  return PrivateKeyPtr(std::make_unique<PlainKey>(std::move(key)));
}

}  // namespace gw::keys
