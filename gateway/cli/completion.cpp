#include "cli/completion.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

// Both scripts ask the same three questions of the same three functions, which are made of the table: what
// may stand behind these words, which options a command has, and what an option takes. `:files` stands for a
// name of a file.

constexpr std::string_view kBash = R"(_sekisho() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= word candidates i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    [[ $word == -* ]] && break
    candidates=" $(_sekisho_next "$words") "
    [[ $candidates == *" $word "* ]] || break
    words="${words:+$words }$word"
  done
  if [[ $previous == -* ]]; then candidates=$(_sekisho_values "$words" "$previous")
  elif [[ $current == -* ]]; then candidates=$(_sekisho_options "$words")
  else candidates=$(_sekisho_next "$words")
  fi
  if [[ $candidates == :files ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null
  else
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
  fi
}
complete -F _sekisho sekisho
)";

constexpr std::string_view kZsh = R"(_sekisho() {
  local current=${words[CURRENT]} previous=${words[CURRENT-1]} before= word candidates i
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    [[ $word == -* ]] && break
    candidates=" $(_sekisho_next "$before") "
    [[ $candidates == *" $word "* ]] || break
    before="${before:+$before }$word"
  done
  if [[ $previous == -* ]]; then candidates=$(_sekisho_values "$before" "$previous")
  elif [[ $current == -* ]]; then candidates=$(_sekisho_options "$before")
  else candidates=$(_sekisho_next "$before")
  fi
  if [[ $candidates == :files ]]; then _files
  else compadd -- ${=candidates}
  fi
}
compdef _sekisho sekisho
)";

/// A `case` of a function, in a language that both shells have.
std::string arm(const std::string& pattern, const std::string& answer) {
  return "    " + pattern + ") echo '" + answer + "' ;;\n";
}
std::string in_quotes(std::string_view words) { return "'" + std::string(words) + "'"; }
std::string function(const std::string& name, const std::string& subject, const std::string& arms) {
  return name + "() {\n  case " + subject + " in\n" + arms + "  esac\n}\n";
}

std::string nouns(std::span<const Command> commands) {
  std::string out;
  std::string_view last;
  for (const Command& command : commands) {
    if (command.noun() != last) out.append(out.empty() ? "" : " ").append(command.noun());
    last = command.noun();
  }
  return out;
}

/// What an operand is: a name of a file, or the words that it takes. Nothing of other names.
std::string operands_of(const Command& command) {
  constexpr std::string_view kFiles[] = {"FILE", "[FILE]", "FILE...",  "CHAIN",   "KEY",      "TARGET", "OLD",
                                         "NEW",  "CONFIG", "[CONFIG]", "REQUEST", "QUESTION", "ANSWER"};
  if (command.run == completion) return "bash zsh";
  const auto is_file = [&](const std::string& one) {
    return std::ranges::find(kFiles, one) != std::end(kFiles);
  };
  return std::ranges::any_of(command.operands, is_file) ? ":files" : "";
}

std::string next_function(std::span<const Command> commands) {
  std::string arms = arm("''", nouns(commands));
  for (std::size_t begin = 0; begin < commands.size();) {
    const std::string_view noun = commands[begin].noun();
    std::string verbs;
    for (; begin < commands.size() && commands[begin].noun() == noun; ++begin)
      if (commands[begin].words.size() > noun.size())
        verbs.append(verbs.empty() ? "" : " ").append(commands[begin].words.substr(noun.size() + 1));
    if (!verbs.empty()) arms += arm(in_quotes(noun), verbs);
  }
  for (const Command& command : commands)
    if (const std::string operands = operands_of(command); !operands.empty())
      arms += arm(in_quotes(command.words), operands);
  return function("_sekisho_next", "$1", arms);
}

std::string options_function(std::span<const Command> commands) {
  std::string arms;
  for (const Command& command : commands) {
    std::string names;
    for (const Option& one : command.options) names += one.name + " ";
    arms += arm(in_quotes(command.words), names + "--help");
  }
  return function("_sekisho_options", "$1", arms + arm("*", "--output --lang --help --version"));
}

std::string values_function(std::span<const Command> commands) {
  std::string arms;
  for (const Command& command : commands)
    for (const Option& one : command.options) {
      std::string values = one.is_flag() ? operands_of(command) : "";
      if (one.value == "FILE" || one.value == "PATH") values = ":files";
      for (const std::string& choice : choices_of(one))
        values.append(values.empty() ? "" : " ").append(choice);
      const std::string line = values.empty() ? "" : arm(in_quotes(command.words + " " + one.name), values);
      arms += one.name == "--output" || one.name == "--lang" ? "" : line;
    }
  arms += arm("*' --output'", "text json") + arm("*' --lang'", "ja en");
  return function("_sekisho_values", "\"$1 $2\"", arms);
}

}  // namespace

std::optional<std::string> completion_for(std::string_view shell, std::span<const Command> commands) {
  if (shell != "bash" && shell != "zsh") return std::nullopt;
  const std::string first = shell == "zsh" ? "#compdef sekisho\n" : "";
  return first + next_function(commands) + options_function(commands) + values_function(commands) +
         std::string(shell == "zsh" ? kZsh : kBash);
}

int completion(const Call& call) {
  const auto script = completion_for(call.files[0], commands());
  if (!script) return complain(said(call.language, Text::no_shell)), kUsage;
  return print(*script), kOk;
}

}  // namespace gw::cli
