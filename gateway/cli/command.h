#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "cli/words.h"

namespace gw::cli {

/// Something that stands behind a command. `value` is a word for what it takes, or the words it takes with
/// bars between them; a flag has none.
struct Option {
  std::string name{};
  std::string value{};
  Words help{};
  std::function<bool(Call& call, std::string_view value)> set{};  ///< false: it takes no such value
  bool is_needed = false;
  bool repeats = false;  ///< it may stand several times, and each counts

  bool is_flag() const { return value.empty(); }
  std::string text() const { return is_flag() ? name : name + " " + value; }
};

/// One thing the program does. `operands` in order; the last ones may be "[LEFT OUT]", and the last one may
/// stand several times: "FILE...".
struct Command {
  std::string words{};  ///< "config check"
  std::vector<std::string> operands{};
  Words help{};
  std::vector<Option> options{};
  int (*run)(const Call& call) = nullptr;
  std::optional<api::OperationId> operation{};  ///< the one of the box's API that it asks for

  std::string_view noun() const { return std::string_view(words).substr(0, words.find(' ')); }
  std::size_t fewest() const;
};

/// All of them, by their words.
std::span<const Command> commands();

/// "sekisho config check FILE"
std::string usage(const Command& command);
/// An operand that may stand several times.
inline bool is_repeated(std::string_view operand) { return operand.ends_with("..."); }
/// The words that an option takes; none if it takes any.
std::vector<std::string> choices_of(const Option& option);

/// The rows of api/operations.def as commands. Ids become words ("accounts.sessions_end" is `accounts
/// sessions-end`), values that stand in the path become operands, and so does the name of what is asked for
/// where there is no other; the others become options, but for secrets, which are never on a command line.
std::vector<Command> operation_commands();

}  // namespace gw::cli
