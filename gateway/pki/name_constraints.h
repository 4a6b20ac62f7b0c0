#pragma once

#include <string>

#include "pki/handles.h"

namespace gw::pki {

/// Do the chain's CAs allow this very DNS name (RFC 5280 4.2.1.10)? libcrypto compares constraints with the
/// names as written, so a wildcard slips past an excluded subtree below it; the name that is really used
/// does not. `chain` is a verified chain, leaf first.
bool constraints_allow(STACK_OF(X509) * chain, const std::string& dns_name);

}  // namespace gw::pki
