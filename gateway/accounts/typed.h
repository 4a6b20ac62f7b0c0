#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gw::accounts {

inline constexpr std::size_t kMostTyped = 128;  ///< octets of what anybody types in one field

/// A code as somebody typed it, without what does not count: full-width letters and digits are made plain
/// (a Japanese keyboard writes them), capitals small, blanks and hyphens of any kind left out. Nothing if it
/// is longer than kMostTyped or no UTF-8. Never for passwords: they are taken octet by octet.
std::optional<std::string> tidy(std::string_view typed);

/// Six digits and nothing else, tidied: a code of an authenticator app.
std::optional<std::string> tidy_digits(std::string_view typed);

}  // namespace gw::accounts
