#pragma once

#include <string>

#include "base/secret.h"
#include "keys/private_key.h"
#include "model/key_kind.h"

namespace gw::keys {

/// What keeps the keys of this box, whichever way. A call may take as long as a TPM takes, or as a library
/// takes to find large primes, so the lane makes them. Outlives its keys, which any thread may use.
class Keeper {
 public:
  virtual ~Keeper() = default;

  /// What a configured key file, or make(), says. key.unreadable, key.unavailable, with the way out.
  virtual Result<PrivateKeyPtr> open(const Secret& reference) = 0;
  /// A new key, kept as well as this box can: what open() takes, PEM. key.unavailable.
  virtual Result<std::string> make(model::KeyKind kind) = 0;
  /// There is hardware, or a token, and it answers no more: nothing is to be hoped for before there is a new
  /// connection.
  virtual bool is_lost() const { return false; }
};

}  // namespace gw::keys
