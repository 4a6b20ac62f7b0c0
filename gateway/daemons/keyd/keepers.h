#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "keys/borrowed_key.h"
#include "keys/keeper.h"
#include "keys/tpm.h"

namespace gw::keyd {

/// What keeps this box's keys, from the descriptors that the supervisor handed in: a TPM if there is one,
/// else files under the box's wrapping secret. Keys of a PKCS#11 token are used and not made.
class Keepers : public keys::Keeper {
 public:
  /// Fails without the wrapping secret.
  static Result<std::unique_ptr<Keepers>> open(int wrapping_secret, int tpm, int token);

  /// Finds out whether the TPM answers, if there is one; before anything is asked of it. Without one that
  /// does, keys in it are unavailable and everything else goes on.
  Result<> connect();
  Result<keys::PrivateKeyPtr> open(const Secret& reference) override;
  Result<std::string> make(model::KeyKind kind) override;
  bool is_lost() const override;

 private:
  Keepers() = default;
  Result<> warm_up();
  Result<> greet();
  Result<keys::PrivateKeyPtr> open_in_tpm(const Secret& reference);
  Result<keys::PrivateKeyPtr> open_in_token(const Secret& reference);

  Secret wrapping_secret_;
  mutable std::mutex tpm_lock_;      // a key's end may come on another thread than its signatures
  std::unique_ptr<keys::Tpm> tpm_;   // null: this box has none
  std::optional<Result<>> greeted_;  // what the TPM said to its first word
  mutable std::mutex token_lock_;
  std::unique_ptr<keys::KeyWork> token_;  // null: this box has none
};

}  // namespace gw::keyd
