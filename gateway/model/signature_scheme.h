#pragma once

#include <cstdint>

namespace gw::model {

/// How a signature is made: ECDSA (FIPS 186-4, as DER), RSASSA-PSS with a salt as long as the hash, or
/// RSASSA-PKCS1-v1_5 (RFC 8017 8). The last is for TLS 1.2 only (RFC 8446 4.2.3).
enum class SignatureScheme : std::uint8_t {
  ecdsa_sha256,
  ecdsa_sha384,
  ecdsa_sha512,
  pss_sha256,
  pss_sha384,
  pss_sha512,
  pkcs1_sha256,
  pkcs1_sha384,
  pkcs1_sha512,
};

}  // namespace gw::model
