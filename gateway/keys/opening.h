#pragma once

#include "base/secret.h"
#include "keys/borrowed_key.h"
#include "keys/private_key.h"
#include "keys/tpm.h"

namespace gw::keys {

/// What can keep keys on this box; null is what it does not have. All outlive the keys.
struct Keepers {
  const Secret* wrapping_secret = nullptr;
  Tpm* tpm = nullptr;
  KeyWork* token = nullptr;  ///< at the process that has the token's library
};

/// Of a block that says where in a PKCS#11 token a key is (token/uri.h).
inline constexpr const char* kTokenLabel = model::kTokenKeyLabel;

/// The private key that a configured key file holds or points to; the PEM label says which. key.unreadable if
/// it is none, key.unavailable if the box lacks what keeps it, with the way out.
Result<PrivateKeyPtr> open_key(const Secret& pem, const Keepers& keepers);

}  // namespace gw::keys
