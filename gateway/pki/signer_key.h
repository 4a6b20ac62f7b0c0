#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "pki/certificate.h"

namespace gw::pki {

/// The public half of a key that signs files offline: Ed25519 (RFC 8032), and no other kind.
class SignerKey {
 public:
  static constexpr std::size_t kSignature = 64;

  /// From a SubjectPublicKeyInfo in PEM. config.certificate if the text holds anything else.
  static Result<SignerKey> from_pem(std::string_view pem);

  /// `signature` is the 64 octets of RFC 8032 5.1.6; of any other length it is none.
  bool has_signed(Bytes message, Bytes signature) const;
  /// SHA-256 over the SubjectPublicKeyInfo, by which people know the key.
  Sha256 fingerprint() const;

 private:
  explicit SignerKey(KeyPtr key) : key_(std::move(key)) {}
  KeyPtr key_;
};

}  // namespace gw::pki
