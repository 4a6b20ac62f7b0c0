#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Is a signature of this algorithm (an NID) made with SHA-256, SHA-384 or SHA-512? `parameters` tells the
/// digest of RSASSA-PSS, which is weak without them.
bool is_strong_signature(int algorithm, const X509_ALGOR* parameters);

/// CRT-08: a signature is made with SHA-256, SHA-384 or SHA-512. An anchor's own proves nothing and is not
/// asked.
Finding signature_finding(const X509* certificate);

/// CRT-08 for a key that is in no certificate yet: P-256, P-384, P-521, or RSA of 2048 to 4096 bits with an
/// exponent that is odd and not one.
Finding key_finding(const EVP_PKEY* key);

/// CRT-08, where libcrypto's security level of 112 bits is not enough: elliptic curves are P-256, P-384 and
/// P-521; an RSA exponent is odd and not one (CA/B BR 6.1.6), or anybody could sign with the key.
Finding strength_finding(const X509* certificate);

}  // namespace gw::pki
