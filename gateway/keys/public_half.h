#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/signature_scheme.h"
#include "pki/handles.h"

namespace gw::keys {

/// The public half of a key of the box: RSA of at least 2048 bits, or P-256, P-384, P-521 (CRT-08). Anything
/// else is key.unreadable.
class PublicHalf {
 public:
  static Result<PublicHalf> of(pki::KeyPtr key);
  /// \param curve libcrypto's name of it, such as "P-256".
  /// \param point uncompressed (SEC 1, 2.3.3).
  static Result<PublicHalf> of_ec(const char* curve, Bytes point);
  /// Both numbers big-endian.
  static Result<PublicHalf> of_rsa(Bytes modulus, Bytes exponent);

  /// SubjectPublicKeyInfo.
  const std::vector<std::uint8_t>& der() const { return der_; }
  const EVP_PKEY* key() const { return key_.get(); }
  /// Octets of a coordinate, or of the modulus.
  std::size_t width() const;
  bool is_rsa() const;

  /// key.scheme_unsuitable if no key of this kind signs that way.
  Result<> suits(model::SignatureScheme scheme) const;
  bool verifies(model::SignatureScheme scheme, Bytes message, Bytes signature) const;

 private:
  PublicHalf(pki::KeyPtr key, std::vector<std::uint8_t> der) : key_(std::move(key)), der_(std::move(der)) {}

  pki::KeyPtr key_;
  std::vector<std::uint8_t> der_;
};

/// r and s as big-endian numbers, in DER (RFC 3279 2.2.3).
std::vector<std::uint8_t> ecdsa_der(Bytes r, Bytes s);

}  // namespace gw::keys
