#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audit/verification.h"

namespace gw::audit {

enum class Language : std::uint8_t { english, japanese };

/// The language that a locale's name asks for: "ja_JP.UTF-8". English for whatever is not Japanese.
Language language_of(std::string_view locale);
/// Of the environment: LC_ALL before LC_MESSAGES before LANG.
Language language_of_environment();

/// What an auditor reads of a chain (LOG-03): a line for each flaw, then what the whole is.
std::string words_of(const Verdict& verdict, Language language);
/// The same as one JSON object and a newline, with the names of to_string(Flaw::Kind).
std::string json_of(const Verdict& verdict);

}  // namespace gw::audit
