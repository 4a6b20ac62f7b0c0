#include "pki/evidence_key.h"

#include <openssl/pem.h>
#include <unistd.h>

#include "base/secret.h"

namespace gw::pki {
namespace {

constexpr std::size_t kMostFile = 4096;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

Error unusable(const char* why) { return {ErrorCode::evidence_key_unusable, why}; }

Result<Secret> read_file(int file) {
  std::string bytes(kMostFile + 1, '\0');
  const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
  if (size < 0) return system_error("pread");
  if (static_cast<std::size_t>(size) > kMostFile) return unusable("the file is too large for a key");
  bytes.resize(static_cast<std::size_t>(size));
  return Secret(std::move(bytes));
}

Result<> write_key(int file, EVP_PKEY* key) {
  const BioPtr text(BIO_new(BIO_s_secmem()));
  if (!text || PEM_write_bio_PKCS8PrivateKey(text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return unusable("a new key could not be written as PEM");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  if (::pwrite(file, bytes, static_cast<std::size_t>(size), 0) != size) return system_error("pwrite");
  if (::fsync(file) != 0) return system_error("fsync");
  return Done{};
}

Result<KeyPtr> make(int file) {
  KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) return unusable("no new key could be made");
  GW_TRY(write_key(file, key.get()));
  return key;
}

Result<KeyPtr> parse(std::string_view pem) {
  const BioPtr text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(text ? PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1)
    return unusable("the file holds no Ed25519 key; move it away to get a new one");
  return key;
}

}  // namespace

Result<EvidenceKey> EvidenceKey::read_or_make(int file) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  GW_TRY(const Secret pem, read_file(file));
  GW_TRY(KeyPtr key, pem.view().empty() ? make(file) : parse(pem.view()));
  EvidenceKey out(std::move(key));
  GW_TRY(out.sign(as_bytes("ready")));
  return out;
}

Result<std::vector<std::uint8_t>> EvidenceKey::sign(Bytes record) const {
  const ContextPtr context(EVP_MD_CTX_new());
  std::vector<std::uint8_t> signature(64);
  std::size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key_.get(), nullptr) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, record.data(), record.size()) != 1 ||
      size != signature.size())
    return unusable("it does not sign");
  return signature;
}

Result<std::string> EvidenceKey::public_pem() const {
  const BioPtr text(BIO_new(BIO_s_mem()));
  if (!text || PEM_write_bio_PUBKEY(text.get(), key_.get()) != 1)
    return unusable("its public half cannot be written");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

}  // namespace gw::pki
