#pragma once

#include <string>

#include "pki/description.h"

namespace gw::cli {

/// "2026-11-22".
std::string day_text(model::CivilSeconds when);
/// "34 of 397 days left (8 %)", "ended on 2026-11-22", "begins on 2026-11-22".
std::string life_text(const pki::Life& life, model::CivilSeconds now);
/// "a, b"; "none" for nothing.
std::string listed_or_none(const std::vector<std::string>& words);
/// Everything of a certificate, a line each, indented.
std::string to_text(const pki::Description& description, model::CivilSeconds now);
std::string to_json(const pki::Description& description, model::CivilSeconds now);
/// Now, in whole seconds.
model::CivilSeconds civil_now();

}  // namespace gw::cli
