#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// How the period of validity is written (RFC 5280 4.1.2.5): UTCTime through 2049, GeneralizedTime from 2050
/// on, both to the second and in UTC. Whether the period is now is libcrypto's to say.
Finding validity_finding(const X509* certificate);

}  // namespace gw::pki
