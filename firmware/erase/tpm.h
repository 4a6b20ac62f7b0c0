#pragma once

#include <string>

#include "base/result.h"

namespace gw::erase {

/// TPM2_Clear by the lockout hierarchy (TPM 2.0 Part 3, 24.6): the seed goes from which the keys were made
/// that opened anything, so nothing that was ever sealed to this TPM is opened again. `path` is its device,
/// or the socket of a simulator. system.call_failed with the TPM's code if it refuses.
Result<> clear_tpm(const std::string& path);

}  // namespace gw::erase
