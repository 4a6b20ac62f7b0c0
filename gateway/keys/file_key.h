#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "model/key_kind.h"
#include "keys/pem_block.h"
#include "keys/private_key.h"

namespace gw::keys {

/// A key out of "PRIVATE KEY" (RFC 5958), "EC PRIVATE KEY" (RFC 5915) or "RSA PRIVATE KEY" (RFC 8017 A.1.2).
/// It has signed once when this returns, so that libcrypto has found its algorithms before any wall is up;
/// afterwards it makes no system call but for memory and random numbers. key.unreadable otherwise.
Result<PrivateKeyPtr> open_plain_key(const PemBlock& block);

/// A key out of "ENCRYPTED PRIVATE KEY": PKCS#8 under PBES2 (RFC 8018 6.2) with the box's wrapping secret.
/// key.unreadable if that does not open it, or if it is encrypted in an older way.
Result<PrivateKeyPtr> open_encrypted_key(const PemBlock& block, const Secret& wrapping_secret);

/// A new key as PEM that open_encrypted_key reads; never in the clear outside libcrypto.
Result<std::string> make_encrypted_key(model::KeyKind kind, const Secret& wrapping_secret);

/// A new key as PEM that open_plain_key reads: whoever has the text has the key.
Result<Secret> make_plain_key(model::KeyKind kind);

}  // namespace gw::keys
