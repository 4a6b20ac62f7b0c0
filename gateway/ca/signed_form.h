#pragma once

#include "base/result.h"
#include "ca/der.h"
#include "ca/public_key.h"
#include "keys/private_key.h"

namespace gw::ca {

/// How a key of this kind signs what it issues: with the hash of its curve's strength (RFC 5480 4), RSA as
/// every reader knows it (RSASSA-PKCS1-v1_5 with SHA-256).
model::SignatureScheme scheme_of(KeyKind kind);
/// AlgorithmIdentifier of such a signature (RFC 5758 3.2, RFC 4055 5).
Octets algorithm_of(KeyKind kind);

/// What everything signed looks like: SEQUENCE { what, algorithm, signature } (RFC 5280 4.1 and 5.1,
/// RFC 2986 4.2, RFC 6960 4.2.1). The signature is checked before it is given out:
/// a key that was disturbed while it signed can give itself away. Errors are the key's.
Result<Octets> signed_form(const Octets& what, const PublicKey& half, keys::PrivateKey& key);

}  // namespace gw::ca
