#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "pki/description.h"

namespace gw::cli {

/// "2026-11-22".
std::string day_text(model::CivilSeconds when);
/// "34 of 397 days left (8 %)", "ended on 2026-11-22", "begins on 2026-11-22".
std::string life_text(const pki::Life& life, model::CivilSeconds now, Language language);
/// "a, b"; "none" for nothing.
std::string listed_or_none(const std::vector<std::string>& words, Language language);
/// An indented line: what it is, filled up to `width`, and its value.
std::string row_text(std::string_view what, std::string_view value, std::size_t width);
/// The width of what a certificate's own lines begin with.
inline constexpr std::size_t kWide = 13;
/// Everything of a certificate, a line each, indented.
std::string to_text(const pki::Description& description, model::CivilSeconds now, Language language);
std::string to_json(const pki::Description& description, model::CivilSeconds now);
/// Now, in whole seconds.
model::CivilSeconds civil_now();

}  // namespace gw::cli
