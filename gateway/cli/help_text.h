#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace gw::cli {

/// How a command, all of a noun, or (no words) everything is written; a line for each of those whose words
/// begin so. Empty if none does.
std::string help_text(std::span<const Command> commands, std::string_view words, Language language);

/// What is said of one command: that it asks for secrets, and who may use it. Each a sentence; the man page
/// says the same.
std::vector<std::string> remarks_on(const Command& command, Language language);

}  // namespace gw::cli
