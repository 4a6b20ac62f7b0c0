#pragma once

#include <string>

#include "pki/handles.h"

namespace gw::support {

/// The key of a name, made when first asked for and the same from then on in this process. The name begins
/// with its kind: "p256 leaf", "p224 x", "p384 x", "secp256k1 x", "ed25519 x", "rsa1024 x", "rsa2048 x".
EVP_PKEY* key_named(const std::string& name);
/// As an unencrypted PEM.
std::string key_pem(const std::string& name);
/// Its SubjectPublicKeyInfo, DER.
std::string public_key_of(const std::string& name);
/// The octets of the public key itself, as OCSP hashes them (RFC 6960 4.1.1).
std::string public_bits_of(const std::string& name);
/// A digest of octets: "SHA1", "SHA256".
std::string digest_of(const std::string& digest, const std::string& octets);
/// Twenty octets that name the key (RFC 5280 4.2.1.2 leaves open how they are made).
std::string key_identifier_of(const std::string& name);

/// AlgorithmIdentifier of a signature by this key, DER: "SHA256", "SHA1" and so on; "PSS" for RSASSA-PSS
/// with SHA-256.
std::string signature_algorithm(const std::string& key_name, const std::string& digest);
/// The same each time, so that a certificate made twice is the same certificate.
std::string signature_by(const std::string& key_name, const std::string& digest, const std::string& content);

}  // namespace gw::support
