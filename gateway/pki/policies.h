#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Does the chain have the policies that its authorities demand (RFC 5280 6.1.2 to 6.1.5, with any policy as
/// the initial set)? Policy constraints of a certificate that has no policies itself are refused unread:
/// nothing could meet them, and libcrypto 3.0 loses memory over them. `chain` is a verified chain, anchor
/// last.
Finding policies_finding(const STACK_OF(X509) * chain);

}  // namespace gw::pki
