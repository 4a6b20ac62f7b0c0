#pragma once

#include <tss2/tss2_tpm2_types.h>

#include <string_view>

#include "base/error.h"

namespace gw::keys {

/// A TPM's refusal in words (TPM 2.0 part 2, 6.6).
/// \param doing what was asked of it, as in "the TPM cannot <doing>".
Error tpm_refusal(std::string_view doing, TSS2_RC code);

/// Does the TPM ask for the same command again, a little later?
bool is_try_again(TSS2_RC code);

}  // namespace gw::keys
