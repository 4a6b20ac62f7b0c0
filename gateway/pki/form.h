#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// How a certificate is put together (RFC 5280 4.1, 4.2), where libcrypto looks away: version 3, a positive
/// serial number of at most 20 octets, no unique identifiers, no extension twice, nothing behind an
/// extension's value, whole authority key identifiers, and DER throughout (X.690 10, 11).
Finding form_finding(const X509* certificate);

}  // namespace gw::pki
