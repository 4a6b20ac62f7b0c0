#include "pki/record_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "pki/encoded.h"

namespace gw::pki {
namespace {

constexpr std::size_t kMostPem = 4096;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

}  // namespace

std::optional<RecordKey> RecordKey::of(KeyPtr key) {
  ERR_clear_error();
  if (!key || EVP_PKEY_is_a(key.get(), "EC") != 1) return std::nullopt;
  return RecordKey(std::move(key));
}

std::optional<RecordKey> RecordKey::from_der(Bytes der) {
  const unsigned char* at = der.data();
  KeyPtr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  return at == der.data() + der.size() ? of(std::move(key)) : of(nullptr);
}

std::optional<RecordKey> RecordKey::from_pem(std::string_view pem) {
  if (pem.size() > kMostPem) return std::nullopt;
  const BioPtr text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return of(KeyPtr(text ? PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr) : nullptr));
}

bool RecordKey::is_p256() const {
  char name[32] = {};
  const bool has_name = EVP_PKEY_get_group_name(key_.get(), name, sizeof name, nullptr) == 1;
  ERR_clear_error();
  return has_name && std::string_view(name) == "prime256v1";
}

bool RecordKey::has_signed(Bytes message, Bytes signature) const {
  const ContextPtr context(EVP_MD_CTX_new());
  const bool good =
      context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) ==
          1;
  ERR_clear_error();
  return good;
}

Sha256 RecordKey::fingerprint() const { return sha256_of(encoded(i2d_PUBKEY, key_.get())); }

std::string RecordKey::pem() const {
  const BioPtr text(BIO_new(BIO_s_mem()));
  GW_CHECK(text && PEM_write_bio_PUBKEY(text.get(), key_.get()) == 1, "a key that was read can be written");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

}  // namespace gw::pki
