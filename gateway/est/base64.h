#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "ca/der.h"

namespace gw::est {

using ca::Octets;

/// RFC 4648 4, padded, in one line.
std::string to_base64(Bytes octets);
/// The same in lines of 64 characters that end with CR LF: older peers read no longer ones, and RFC 8951 3.1
/// has every peer pass over white space.
std::string to_base64_lines(Bytes octets);
/// One value has one form: padded, no bits left over, no other characters but spaces, tabs and line ends,
/// which are passed over (RFC 8951 3.1). Nothing if it is not.
std::optional<Octets> from_base64(std::string_view text);

}  // namespace gw::est
