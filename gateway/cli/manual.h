#pragma once

#include <span>
#include <string>

#include "cli/command.h"

namespace gw::cli {

// Pages of the manual in roff, as man(7) has it.

/// sekisho(1), of the table of commands.
std::string manual_of_commands(std::span<const Command> commands, Language language);
/// sekisho.yaml(5), of the table of keys (config/schema.def), whose words are English.
std::string manual_of_configuration();

}  // namespace gw::cli
