#pragma once

#include <memory>

#include "base/result.h"
#include "ca/der.h"
#include "pki/handles.h"

namespace gw::ca {

/// Kinds of key that a certificate is issued for (CRT-08); RSA has 2048 to 4096 bits.
enum class KeyKind : std::uint8_t { p256, p384, p521, rsa };

/// A public key that is strong enough to be certified.
class PublicKey {
 public:
  /// From a SubjectPublicKeyInfo in DER, all of it. request.weak_key, also for a kind nobody knows.
  static Result<PublicKey> read(Bytes info);

  KeyKind kind() const { return kind_; }
  /// SubjectPublicKeyInfo.
  const Octets& der() const { return der_; }
  /// What key identifiers hold: the left 160 bits of SHA-256 over the key's bits (RFC 7093 2 (1)).
  const Octets& identifier() const { return identifier_; }
  /// The key itself, without its kind: the content of the BIT STRING.
  const Octets& bits() const { return bits_; }
  /// SHA-1 over the same bits: OCSP names keys so (RFC 6960 4.1.1, 4.2.1). It protects nothing there.
  Octets ocsp_hash() const;
  EVP_PKEY* handle() const { return key_.get(); }

 private:
  PublicKey() = default;
  KeyKind kind_ = KeyKind::p256;
  std::shared_ptr<EVP_PKEY> key_;
  Octets der_, bits_, identifier_;
};

}  // namespace gw::ca
