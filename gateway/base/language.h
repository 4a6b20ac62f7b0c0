#pragma once

#include <cstdint>
#include <string_view>

namespace gw {

/// In which somebody reads.
enum class Language : std::uint8_t { english, japanese };

/// The language that a locale's name asks for: "ja_JP.UTF-8". English for whatever is not Japanese.
Language language_of(std::string_view locale);
/// Of the environment: LC_ALL before LC_MESSAGES before LANG.
Language language_of_environment();

}  // namespace gw
