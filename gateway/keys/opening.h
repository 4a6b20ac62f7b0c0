#pragma once

#include "base/secret.h"
#include "keys/private_key.h"
#include "keys/token.h"
#include "keys/tpm.h"

namespace gw::keys {

/// What can keep keys on this box; null is what it does not have. All outlive the keys.
struct Keepers {
  const Secret* wrapping_secret = nullptr;
  Tpm* tpm = nullptr;
  Token* token = nullptr;
};

/// The private key that a configured key file holds or points to; the PEM label says which. key.unreadable if
/// it is none, key.unavailable if the box lacks what keeps it, with the way out.
Result<PrivateKeyPtr> open_key(const Secret& pem, const Keepers& keepers);

}  // namespace gw::keys
