#pragma once

#include <optional>
#include <string>

#include "base/language.h"
#include "config/compile.h"

namespace gw::cli {

/// What the compiler makes of the configuration in a file. Nothing, with a complaint, if the file cannot be
/// opened.
std::optional<config::Compiled> compile_at(const std::string& path);

/// The configuration in a file; otherwise says what is wrong with it and sets the exit code.
std::optional<model::Configuration> usable(const std::string& path, Language language, int& code);

}  // namespace gw::cli
