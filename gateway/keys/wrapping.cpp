#include "keys/wrapping.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <optional>

#include "keys/pem_block.h"
#include "pki/handles.h"

namespace gw::keys {
namespace {

// Stretching makes guessing dear. 256 random bits cannot be guessed, so more rounds would only cost start-up
// time; RFC 8018 4.2 asks for a thousand at least, and readers of other makes expect as many.
constexpr int kRounds = 1000;
constexpr std::int64_t kMostRounds = 1'000'000;
constexpr int kSaltSize = 16;

using SealedPtr = std::unique_ptr<X509_SIG, pki::Freer<X509_SIG_free>>;
using PlainPtr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, pki::Freer<PKCS8_PRIV_KEY_INFO_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, pki::Freer<X509_ALGOR_free>>;
using Pbes2Ptr = std::unique_ptr<PBE2PARAM, pki::Freer<PBE2PARAM_free>>;
using Pbkdf2Ptr = std::unique_ptr<PBKDF2PARAM, pki::Freer<PBKDF2PARAM_free>>;

Error unreadable(const char* why) {
  ERR_clear_error();
  return {ErrorCode::key_unreadable, why};
}

Result<> check(const Secret& wrapping_secret) {
  if (wrapping_secret.view().size() >= kLeastWrappingSecret) return Done{};
  return unreadable("the box's wrapping secret is shorter than 32 octets");
}

int nid_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return OBJ_obj2nid(object);
}

template <class T>
T* parameters_of(const X509_ALGOR* algorithm, const ASN1_ITEM* layout) {
  return static_cast<T*>(ASN1_TYPE_unpack_sequence(layout, algorithm->parameter));
}

/// How many rounds the file asks for; nothing if it is not PBES2 with PBKDF2.
std::optional<std::int64_t> rounds_of(const X509_SIG* sealed) {
  const X509_ALGOR* outer = nullptr;
  X509_SIG_get0(sealed, &outer, nullptr);
  if (nid_of(outer) != NID_pbes2) return {};
  const Pbes2Ptr scheme(parameters_of<PBE2PARAM>(outer, ASN1_ITEM_rptr(PBE2PARAM)));
  if (!scheme || nid_of(scheme->keyfunc) != NID_id_pbkdf2) return {};
  const Pbkdf2Ptr stretching(parameters_of<PBKDF2PARAM>(scheme->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM)));
  std::int64_t rounds = 0;
  if (!stretching || ASN1_INTEGER_get_int64(&rounds, stretching->iter) != 1) return {};
  return rounds;
}

/// What an i2d function writes, wiped where libcrypto wrote it.
template <class T>
std::string written(int (*write)(const T*, unsigned char**), const T* object) {
  unsigned char* der = nullptr;
  const int size = write(object, &der);
  GW_CHECK(size > 0, "out of memory");
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return out;
}

}  // namespace

Result<std::string> wrap(const EVP_PKEY* key, const Secret& wrapping_secret) {
  GW_TRY(check(wrapping_secret));
  const std::string_view secret = wrapping_secret.view();
  const PlainPtr plain(EVP_PKEY2PKCS8(key));
  AlgorithmPtr scheme(
      PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), kRounds, nullptr, kSaltSize, nullptr, NID_hmacWithSHA256));
  if (!plain || !scheme) return unreadable("it cannot be written as PKCS#8");
  const SealedPtr sealed(
      PKCS8_set0_pbe(secret.data(), static_cast<int>(secret.size()), plain.get(), scheme.get()));
  if (!sealed) return unreadable("it cannot be encrypted");
  static_cast<void>(scheme.release());  // belongs to `sealed` now
  return to_pem("ENCRYPTED PRIVATE KEY", as_bytes(written(i2d_X509_SIG, sealed.get())));
}

Result<Secret> unwrap(Bytes encrypted, const Secret& wrapping_secret) {
  GW_TRY(check(wrapping_secret));
  const unsigned char* from = encrypted.data();
  const SealedPtr sealed(d2i_X509_SIG(nullptr, &from, static_cast<long>(encrypted.size())));
  if (!sealed || from != encrypted.data() + encrypted.size())
    return unreadable("its PEM block holds no encrypted private key");
  const auto rounds = rounds_of(sealed.get());
  if (!rounds)
    return unreadable("it is not encrypted with PBES2 and PBKDF2: convert it with `openssl pkcs8 -topk8`");
  if (*rounds < 1 || *rounds > kMostRounds) return unreadable("it asks for too many rounds of PBKDF2");
  const std::string_view secret = wrapping_secret.view();
  const PlainPtr plain(PKCS8_decrypt(sealed.get(), secret.data(), static_cast<int>(secret.size())));
  if (!plain) return unreadable("the box's wrapping secret does not open it: was it made on another box?");
  return Secret(written(i2d_PKCS8_PRIV_KEY_INFO, plain.get()));
}

}  // namespace gw::keys
