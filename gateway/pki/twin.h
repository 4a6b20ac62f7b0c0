#pragma once

#include "pki/certificate.h"

namespace gw::pki {

/// The fingerprint that a certificate has when its ECDSA signature (r, s) is written (r, n - s), which
/// whoever holds it can do and which is as valid (SEC 1, 4.1.4). fingerprint_of() if it is signed otherwise.
/// \param issuer_key that verifies it; may be null.
Sha256 twin_fingerprint_of(const X509* certificate, const EVP_PKEY* issuer_key);

}  // namespace gw::pki
