#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace gw {

/// Foreign text never takes more room than this in a record (architecture 6.2).
inline constexpr std::size_t kForeignTextLimit = 128;

/// Lower-case hexadecimal.
std::string to_hex(Bytes bytes);
/// Bytes of lower- or upper-case hexadecimal; nothing if it is not.
std::optional<std::string> from_hex(std::string_view hex);
/// The same of so many bytes and no others.
template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> octets_of_hex(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != size) return std::nullopt;
  std::array<std::uint8_t, size> out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}
/// Length of the well-formed UTF-8 sequence at the front (RFC 3629), 0 if there is none.
std::size_t utf8_length(std::string_view text);
/// Appends `text` as a JSON string with its quotes. Control characters and invalid UTF-8 are escaped.
void append_json_string(std::string& out, std::string_view text);
/// Whole decimal number without sign, blanks or leading zeros; nothing if it is not.
std::optional<std::uint64_t> parse_decimal(std::string_view text);
/// ASCII lower case, for host names.
std::string to_lower(std::string_view text);
/// Host name of RFC 1123 labels: letters, digits and hyphens, at most 253 octets, no trailing dot.
bool is_host_name(std::string_view text);
inline constexpr std::size_t kNameLimit = 63;
/// Name of something in a configuration or a certificate: a-z, 0-9 and hyphens inside.
bool is_name(std::string_view text);
/// What the kernel leaves of IFNAMSIZ for a network interface's name.
inline constexpr std::size_t kInterfaceNameLimit = 15;
/// Name of a network interface: letters, digits, '.', '_' and '-'. Narrower than the kernel's own rule, so
/// that a name cannot mean anything in a rule set's text.
bool is_interface_name(std::string_view text);

}  // namespace gw
