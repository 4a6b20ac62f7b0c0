#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace gw::cli {

struct Choice {
  const Command* command = nullptr;
  Call call{};
};

/// What the command line asks for, or a sentence saying why it cannot be understood.
struct Understood {
  enum class Wish : std::uint8_t { run, help, version };

  std::optional<Choice> choice{};
  std::string complaint{};
  Wish wish = Wish::run;
  std::string words{};  ///< of help: whose; a command, a noun, or empty for all
};

/// Reads a command line by the table, with what stands behind the program's name. Sentences are in the
/// language that --lang asks for, or else in `language`.
Understood understand(std::span<const Command> commands, std::span<char* const> arguments, Language language);
Language language_in(std::span<char* const> arguments, Language otherwise);

}  // namespace gw::cli
