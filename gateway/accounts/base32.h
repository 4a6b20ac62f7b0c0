#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace gw::accounts {

/// RFC 4648 6, capitals, without the padding: authenticator apps want it so.
std::string to_base32(Bytes octets);
/// What to_base32() writes, in capitals or small letters; nothing if it is not, or if bits are left over that
/// are not zero: each value has one text.
std::optional<std::vector<std::uint8_t>> from_base32(std::string_view text);

}  // namespace gw::accounts
