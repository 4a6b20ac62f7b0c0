#pragma once

#include <cstdint>
#include <vector>

#include "backup/recipient.h"
#include "base/bytes.h"
#include "base/result.h"
#include "pki/handles.h"

namespace gw::backup {

/// Octets that each of the recipients can open, and nobody else: CMS AuthEnvelopedData (RFC 5083) in DER,
/// with AES-256-GCM (RFC 5084); the content key for RSA by RSAES-OAEP with SHA-256 (RFC 4055), for a curve by
/// ephemeral ECDH with the X9.63 function over SHA-256 and AES key wrap (RFC 5753). Takes as much memory
/// again three times. backup.envelope_failed.
Result<std::vector<std::uint8_t>> close_envelope(Bytes content, const std::vector<Recipient>& recipients);

/// What was closed, whole and unchanged, or nothing. `certificate` is the recipient's, `key` its private key.
/// Only for octets whose signature was found good: libcrypto takes CMS apart. backup.envelope_failed.
Result<std::vector<std::uint8_t>> open_envelope(Bytes envelope, X509* certificate, EVP_PKEY* key);

}  // namespace gw::backup
