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

/// One line of words as it can be kept and shown: well-formed UTF-8 of at most `most` octets, without control
/// characters.
bool is_line(std::string_view text, std::size_t most);
/// The same made of anything: what cannot be shown becomes a question mark, what is too much is left out.
std::string one_line(std::string_view text, std::size_t most);

}  // namespace gw::accounts
