#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "pki/certificate.h"

namespace gw::pki {

/// The public half of the key with which a box signs what it records and what it hands over: an elliptic
/// curve's, and no other kind. Signatures are ECDSA with SHA-256 (RFC 3279 2.2.3, DER).
class RecordKey {
 public:
  /// From a SubjectPublicKeyInfo, and nothing behind it.
  static std::optional<RecordKey> from_der(Bytes der);
  /// The same in PEM.
  static std::optional<RecordKey> from_pem(std::string_view pem);

  bool is_p256() const;
  bool has_signed(Bytes message, Bytes signature) const;
  /// SHA-256 over the SubjectPublicKeyInfo, by which people know the key.
  Sha256 fingerprint() const;
  std::string pem() const;

 private:
  explicit RecordKey(KeyPtr key) : key_(std::move(key)) {}
  /// Nothing for a key of another kind.
  static std::optional<RecordKey> of(KeyPtr key);

  KeyPtr key_;
};

}  // namespace gw::pki
