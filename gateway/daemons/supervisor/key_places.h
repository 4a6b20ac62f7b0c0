#pragma once

#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "sys/spawn.h"

namespace gw::supervisor {

/// What keyd is handed at each start, since it opens nothing itself: the file of this box's wrapping secret,
/// in the state folder and made when it is missing, and the TPM, if there is one.
class KeyPlaces {
 public:
  /// `tpm` is a TPM's device with the kernel's resource manager, or a socket of a TPM's stand-in; empty:
  /// /dev/tpmrm0 if there is one.
  KeyPlaces(std::string state_folder, std::string tpm);

  struct Handed {
    UniqueFd wrapping_secret{};
    UniqueFd tpm{};

    /// As keyd finds them.
    std::vector<sys::Placed> placed() const;
  };
  /// A TPM that cannot be reached is left out: keyd says which keys are missing then. Fails without the
  /// secret.
  Result<Handed> open() const;

 private:
  std::string state_folder_;
  std::string tpm_;
};

}  // namespace gw::supervisor
