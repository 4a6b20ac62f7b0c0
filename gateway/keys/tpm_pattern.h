#pragma once

#include <tss2/tss2_tpm2_types.h>

#include "base/result.h"
#include "model/key_kind.h"
#include "keys/public_half.h"

namespace gw::keys {

/// The owner's primary key by the pattern that TPM 2.0 Key Files prescribe: P-256, made anew from the TPM's
/// seed each time and always the same, so that other programs find the same parent.
TPM2B_PUBLIC primary_pattern();
/// A key that signs whatever it is given, made inside the TPM, never leaving it (CRT-01).
TPM2B_PUBLIC signing_pattern(model::KeyKind kind);

Result<PublicHalf> public_half_of(const TPMT_PUBLIC& key);
TPMT_SIG_SCHEME tpm_scheme_of(model::SignatureScheme scheme);
/// As TLS wants it: an ECDSA pair in DER, an RSA number as it is. key.unavailable if it is of another scheme.
Result<std::vector<std::uint8_t>> octets_of(const TPMT_SIGNATURE& signature, model::SignatureScheme scheme);

}  // namespace gw::keys
