#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "model/signature_scheme.h"

namespace gw::keys {

enum class Padding : std::uint8_t { ecdsa, pss, pkcs1 };
enum class Hash : std::uint8_t { sha256, sha384, sha512 };

/// A signature scheme taken apart.
struct Manner {
  Padding padding;
  Hash hash;
};

Manner manner_of(model::SignatureScheme scheme);
/// libcrypto's own object; lives as long as the program.
const EVP_MD* digest_of(Hash hash);
std::vector<std::uint8_t> hash_of(Hash hash, Bytes message);
/// Tells libcrypto the padding of an RSA operation; nothing to do for ECDSA.
bool set_padding(EVP_PKEY_CTX* operation, Padding padding);

}  // namespace gw::keys
