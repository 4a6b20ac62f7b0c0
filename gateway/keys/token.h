#pragma once

#include <memory>
#include <string>

#include "base/secret.h"
#include "keys/pem_block.h"
#include "keys/private_key.h"

namespace gw::keys {

class TokenModule;

/// A PKCS#11 token: an HSM or a smart card behind somebody else's library, which runs in this process and
/// does there what it likes. It opens files and devices, now and at each signature, and cannot be given a
/// deadline. One thread.
class Token {
 public:
  /// Loads the module; nothing is asked of a token yet. key.unavailable if it does not load.
  static Result<std::unique_ptr<Token>> load(const std::string& module_path, Secret pin);

  ~Token();

  /// The key that a block of label "PKCS#11 PROVIDER URI" names; it has signed once when this returns. It
  /// lives no longer than the Token. A session that was lost is opened again, and logged in, when it next
  /// signs.
  Result<PrivateKeyPtr> open_key(const PemBlock& block);

 private:
  explicit Token(std::unique_ptr<TokenModule> module);
  std::unique_ptr<TokenModule> module_;
};

}  // namespace gw::keys
