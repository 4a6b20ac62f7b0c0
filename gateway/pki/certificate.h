#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/configuration.h"
#include "pki/handles.h"

namespace gw::pki {

using Sha256 = std::array<std::uint8_t, 32>;

/// The certificates of a PEM text in their order; at least one. certificate.unreadable otherwise.
Result<std::vector<X509Ptr>> read_certificates(std::string_view pem);
/// An unencrypted PEM private key. The text is not kept; libcrypto owns the key material.
Result<KeyPtr> read_private_key(const Secret& pem);

Sha256 sha256_of(Bytes bytes);
/// SHA-256 over the whole certificate.
Sha256 fingerprint_of(const X509* certificate);
/// The whole certificate, DER.
std::vector<std::uint8_t> der_of(const X509* certificate);
/// SubjectPublicKeyInfo, DER.
std::vector<std::uint8_t> public_key_of(const X509* certificate);
/// SHA-256 over the SubjectPublicKeyInfo (RFC 7469 2.4).
Sha256 key_fingerprint_of(const X509* certificate);
/// Seconds since 1970; a time that cannot be read counts as long past.
model::CivilSeconds not_after_of(const X509* certificate);

}  // namespace gw::pki
