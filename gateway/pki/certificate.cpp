#include "pki/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "pki/encoded.h"
#include "pki/times.h"

namespace gw::pki {
namespace {

BioPtr reader_of(std::string_view text) {
  BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  GW_CHECK(bio, "out of memory");
  return bio;
}

/// PEM ends with "no start line"; anything else is a damaged block.
bool ended_cleanly() {
  const unsigned long error = ERR_peek_last_error();
  const bool clean =
      error == 0 || (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE);
  ERR_clear_error();
  return clean;
}

}  // namespace

Result<std::vector<X509Ptr>> read_certificates(std::string_view pem) {
  const BioPtr bio = reader_of(pem);
  std::vector<X509Ptr> certificates;
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
    certificates.emplace_back(certificate);
  if (!ended_cleanly()) return Error{ErrorCode::certificate_unreadable, "a certificate block is damaged"};
  if (certificates.empty()) return Error{ErrorCode::certificate_unreadable, "no PEM certificate in the text"};
  return certificates;
}

Result<KeyPtr> read_private_key(const Secret& pem) {
  const BioPtr bio = reader_of(pem.view());
  // No passphrase is ever asked for: an encrypted key is unreadable here.
  KeyPtr key(PEM_read_bio_PrivateKey(
      bio.get(), nullptr, [](char*, int, int, void*) { return -1; }, nullptr));
  ERR_clear_error();
  if (!key) return Error{ErrorCode::key_unreadable, "not an unencrypted PEM private key"};
  return key;
}

Sha256 sha256_of(Bytes bytes) {
  Sha256 digest{};
  GW_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1,
           "SHA-256 is always there");
  return digest;
}

Sha256 fingerprint_of(const X509* certificate) {
  Sha256 digest{};
  unsigned size = 0;
  GW_CHECK(X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1, "SHA-256 is always there");
  return digest;
}

std::vector<std::uint8_t> der_of(const X509* certificate) { return encoded(i2d_X509, certificate); }

std::vector<std::uint8_t> public_key_of(const X509* certificate) {
  return encoded(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(certificate));
}

Sha256 key_fingerprint_of(const X509* certificate) { return sha256_of(public_key_of(certificate)); }

model::CivilSeconds not_after_of(const X509* certificate) {
  return seconds_of(X509_get0_notAfter(certificate)).value_or(model::CivilSeconds(1));
}

}  // namespace gw::pki
