#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace gw::erase {

/// The kernel itself gives a TPM's slowest command two.
inline constexpr std::chrono::minutes kTpmPatience{5};

/// TPM2_Clear by the lockout hierarchy (TPM 2.0 Part 3, 24.6): the seed goes from which the keys were made
/// that opened anything, so nothing that was ever sealed to this TPM is opened again. `path` is its device,
/// or the socket of a simulator. system.call_failed with the TPM's code if it refuses, status.unavailable if
/// it has not answered by then.
Result<> clear_tpm(const std::string& path, std::chrono::milliseconds patience = kTpmPatience);

}  // namespace gw::erase
