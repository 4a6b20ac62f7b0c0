#pragma once

// PKCS#11 (OASIS, Cryptoki 2.40) by the header that p11-kit carries; its library is not linked.
#include <p11-kit/pkcs11.h>

#include <string_view>

#include "base/error.h"

namespace gw::token {

/// A module's refusal in words.
/// \param doing what was asked of it, as in "the token cannot <doing>".
Error token_refusal(std::string_view doing, CK_RV code);

/// Is what we held of the token gone, so that a new session may help? A wrong PIN is none of these: tokens
/// lock themselves after a few.
bool is_session_lost(CK_RV code);

}  // namespace gw::token
