#pragma once

#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "sys/spawn.h"
#include "token_host.h"

namespace gw::supervisor {

/// What keyd is handed at each start, since it opens nothing itself: the file of this box's wrapping secret,
/// in the state folder and made when it is missing, the TPM, and a way to the token, if there are such.
class KeyPlaces {
 public:
  /// Options::tpm is a TPM's device with the kernel's resource manager, or a socket of a TPM's stand-in;
  /// empty: /dev/tpmrm0 if there is one.
  KeyPlaces(const Premises& premises, const Options& options);

  struct Handed {
    UniqueFd wrapping_secret{};
    UniqueFd tpm{};
    UniqueFd token{};

    /// As keyd finds them.
    std::vector<sys::Placed> placed() const;
  };
  /// The token's process is started anew. A TPM or a token that cannot be reached is left out: keyd says
  /// which keys are missing then. Fails without the secret.
  Result<Handed> open();
  void tick(Instant now) { token_.tick(now); }
  std::vector<ipc::op::ProcessState> states() const { return token_.states(); }

 private:
  std::string state_folder_;
  std::string tpm_;
  TokenHost token_;
};

}  // namespace gw::supervisor
