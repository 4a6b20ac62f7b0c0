#pragma once

#include <memory>
#include <mutex>

#include "keys/opening.h"

namespace gw::keyd {

/// What keeps this box's keys, from the descriptors that the supervisor handed in. Its keys may be used by
/// several threads.
class Keepers {
 public:
  /// Without a TPM that answers, keys in one are unavailable and everything else goes on: `complaint` says
  /// why. Fails without the wrapping secret.
  static Result<std::unique_ptr<Keepers>> open(int wrapping_secret, int tpm);

  Result<keys::PrivateKeyPtr> key(const Secret& pem);
  /// Empty: there is no TPM, or it answers.
  const std::string& complaint() const { return complaint_; }

 private:
  Keepers() = default;
  Result<> warm_up();

  Secret wrapping_secret_;
  std::string complaint_;
  std::mutex tpm_lock_;
  std::unique_ptr<keys::Tpm> tpm_;
};

}  // namespace gw::keyd
