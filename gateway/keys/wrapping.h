#pragma once

#include <openssl/evp.h>

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace gw::keys {

/// The shortest wrapping secret: 256 random bits, taken as they are.
inline constexpr std::size_t kLeastWrappingSecret = 32;

/// The key as PKCS#8 under PBES2 (RFC 8018 6.2): AES-256-CBC, PBKDF2 with HMAC-SHA-256. PEM.
Result<std::string> wrap(const EVP_PKEY* key, const Secret& wrapping_secret);

/// EncryptedPrivateKeyInfo (RFC 5958 3) to PrivateKeyInfo, both DER. key.unreadable if the secret does not
/// open it, if it is not under PBES2 with PBKDF2, or if it asks for more than a million rounds.
Result<Secret> unwrap(Bytes encrypted, const Secret& wrapping_secret);

}  // namespace gw::keys
