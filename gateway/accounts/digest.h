#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace gw::accounts {

using Sha1 = std::array<std::uint8_t, 20>;
using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256_of(Bytes octets);
/// RFC 2104. SHA-1 is what authenticator apps do (RFC 6238), and HMAC does not need what SHA-1 has lost.
Sha1 hmac_sha1(Bytes key, Bytes octets);
Sha256 hmac_sha256(Bytes key, Bytes octets);
/// In a time that depends on the sizes alone.
bool are_same(Bytes one, Bytes other);

}  // namespace gw::accounts
