#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/secret.h"
#include "keys/private_key.h"
#include "token/pin.h"

namespace gw::token {

class Module;

/// A PKCS#11 token: an HSM or a smart card behind somebody else's library, which runs in this process and
/// does there what it likes. It opens files and devices, now and at each signature, and cannot be given a
/// deadline. One thread.
class Token {
 public:
  /// Loads the module; nothing is asked of a token yet. key.unavailable if it does not load. Without a PIN no
  /// key can be opened, and nothing is tried.
  static Result<std::unique_ptr<Token>> load(const std::string& module_path, std::optional<Secret> pin,
                                             PinEar ear);

  ~Token();

  /// The key that the content of a block of label keys::kTokenLabel names; it has signed once when this
  /// returns. It lives no longer than the Token. A session that was lost is opened again, and logged in, when
  /// it next signs.
  Result<keys::PrivateKeyPtr> open_key(Bytes uri_der);

 private:
  explicit Token(std::unique_ptr<Module> module);
  std::unique_ptr<Module> module_;
};

}  // namespace gw::token
