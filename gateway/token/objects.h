#pragma once

#include "keys/public_half.h"
#include "token/cryptoki.h"
#include "token/uri.h"

namespace gw::token {

/// The one private key that fits. key.unavailable if there is none, key.unreadable if there are several.
Result<CK_OBJECT_HANDLE> find_private_key(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session, const Uri& uri);

/// The public half of a private key: from the key itself where the token tells, else from the public key with
/// the same id. key.unreadable if there is none.
Result<keys::PublicHalf> read_public_half(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session,
                                          CK_OBJECT_HANDLE key);

}  // namespace gw::token
