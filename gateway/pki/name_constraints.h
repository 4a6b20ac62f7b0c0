#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// What libcrypto overlooks in name constraints (RFC 5280 4.2.1.10). It compares names as they are written,
/// so a wildcard slips past an excluded name below it; it takes an address mask with holes, empty lists, and
/// constraints where there is nothing to constrain. `chain` is a verified chain, leaf first, anchor last.
Finding name_constraints_finding(const STACK_OF(X509) * chain);

}  // namespace gw::pki
