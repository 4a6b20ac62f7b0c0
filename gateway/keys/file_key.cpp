#include "keys/file_key.h"

#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "keys/manner.h"
#include "keys/public_half.h"
#include "keys/wrapping.h"

namespace gw::keys {
namespace {

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, pki::Freer<EVP_MD_CTX_free>>;
using DecoderPtr = std::unique_ptr<OSSL_DECODER_CTX, pki::Freer<OSSL_DECODER_CTX_free>>;

class FileKey final : public PrivateKey {
 public:
  FileKey(pki::KeyPtr key, PublicHalf half, Keeping keeping)
      : key_(std::move(key)), half_(std::move(half)), keeping_(keeping) {}

  Keeping keeping() const override { return keeping_; }
  const std::vector<std::uint8_t>& public_key() const override { return half_.der(); }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override;
  bool is_rsa() const { return half_.is_rsa(); }

 private:
  pki::KeyPtr key_;
  PublicHalf half_;
  Keeping keeping_;
};

Result<std::vector<std::uint8_t>> FileKey::sign(model::SignatureScheme scheme, Bytes message) {
  GW_TRY(half_.suits(scheme));
  const Manner manner = manner_of(scheme);
  const DigestContextPtr context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* operation = nullptr;
  std::vector<std::uint8_t> signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())));
  std::size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), &operation, digest_of(manner.hash), nullptr, key_.get()) != 1 ||
      !set_padding(operation, manner.padding) ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    ERR_clear_error();
    return Error{ErrorCode::key_unavailable, "libcrypto does not sign with it"};
  }
  signature.resize(size);
  return signature;
}

/// The public half apart from the private one: an object that could be handed out by mistake and do no harm.
Result<PublicHalf> half_of(const EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  const unsigned char* from = der;
  pki::KeyPtr half(size > 0 ? d2i_PUBKEY(nullptr, &from, size) : nullptr);
  OPENSSL_free(der);
  if (!half) return Error{ErrorCode::key_unreadable, "it has no public half"};
  return PublicHalf::of(std::move(half));
}

Result<PrivateKeyPtr> ready(pki::KeyPtr key, Keeping keeping) {
  GW_TRY(auto half, half_of(key.get()));
  auto out = std::make_unique<FileKey>(std::move(key), std::move(half), keeping);
  using Scheme = model::SignatureScheme;
  for (const Scheme scheme : {Scheme::ecdsa_sha256, Scheme::ecdsa_sha384, Scheme::ecdsa_sha512,
                              Scheme::pss_sha256, Scheme::pss_sha384, Scheme::pss_sha512})
    if (out->is_rsa() == (manner_of(scheme).padding != Padding::ecdsa))
      GW_TRY(out->sign(scheme, as_bytes("ready")));
  return PrivateKeyPtr(std::move(out));
}

/// DER of one of the forms that libcrypto reads, wherever it was before.
Result<pki::KeyPtr> decode(Bytes der) {
  EVP_PKEY* key = nullptr;
  const DecoderPtr decoder(OSSL_DECODER_CTX_new_for_pkey(&key, "DER", nullptr, nullptr,
                                                         OSSL_KEYMGMT_SELECT_PRIVATE_KEY, nullptr, nullptr));
  const unsigned char* from = der.data();
  std::size_t left = der.size();
  const bool read = decoder && OSSL_DECODER_from_data(decoder.get(), &from, &left) == 1;
  ERR_clear_error();
  pki::KeyPtr owner(key);
  if (!read || !owner || left != 0)
    return Error{ErrorCode::key_unreadable, "its PEM block holds no private key"};
  return owner;
}

struct Recipe {
  model::KeyKind kind;
  const char* algorithm;
  const char* curve;  ///< none for RSA
  std::size_t bits;   ///< of RSA
};
constexpr Recipe kRecipes[] = {
    {model::KeyKind::p256, "EC", "P-256", 0},
    {model::KeyKind::p384, "EC", "P-384", 0},
    {model::KeyKind::rsa_2048, "RSA", nullptr, 2048},
    {model::KeyKind::rsa_3072, "RSA", nullptr, 3072},
};

pki::KeyPtr make(const Recipe& recipe) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  return pki::KeyPtr(recipe.curve ? EVP_PKEY_Q_keygen(nullptr, nullptr, recipe.algorithm, recipe.curve)
                                  : EVP_PKEY_Q_keygen(nullptr, nullptr, recipe.algorithm, recipe.bits));
}

Result<pki::KeyPtr> made(model::KeyKind kind) {
  for (const Recipe& recipe : kRecipes) {
    if (recipe.kind != kind) continue;
    pki::KeyPtr key = make(recipe);
    if (!key) return Error{ErrorCode::key_unavailable, "libcrypto makes no new key"};
    return key;
  }
  GW_CHECK(false, "every kind has its recipe");
}

}  // namespace

Result<PrivateKeyPtr> open_plain_key(const PemBlock& block) {
  GW_TRY(auto key, decode(block.bytes()));
  return ready(std::move(key), Keeping::plain_file);
}

Result<PrivateKeyPtr> open_encrypted_key(const PemBlock& block, const Secret& wrapping_secret) {
  GW_TRY(const Secret plain, unwrap(block.bytes(), wrapping_secret));
  GW_TRY(auto key, decode(as_bytes(plain.view())));
  return ready(std::move(key), Keeping::encrypted_file);
}

Result<std::string> make_encrypted_key(model::KeyKind kind, const Secret& wrapping_secret) {
  GW_TRY(const pki::KeyPtr key, made(kind));
  return wrap(key.get(), wrapping_secret);
}

Result<Secret> make_plain_key(model::KeyKind kind) {
  GW_TRY(const pki::KeyPtr key, made(kind));
  const pki::BioPtr bio(BIO_new(BIO_s_secmem()));
  GW_CHECK(
      bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "out of memory");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return Secret(std::string(text, static_cast<std::size_t>(size)));
}

}  // namespace gw::keys
