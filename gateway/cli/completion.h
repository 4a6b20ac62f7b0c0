#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace gw::cli {

/// What makes a shell complete the words of this program, made of the table of commands; nothing if the shell
/// is another one than bash and zsh.
std::optional<std::string> completion_for(std::string_view shell, std::span<const Command> commands);

}  // namespace gw::cli
