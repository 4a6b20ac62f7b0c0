#include <algorithm>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/operation_values.h"
#include "cli/options.h"

namespace gw::cli {
namespace {

/// "sessions_end" as people type it.
std::string hyphened(std::string_view id) {
  std::string out(id);
  std::ranges::replace(out, '_', '-');
  return out;
}

std::string words_in(std::string_view id) {
  std::string out = hyphened(id);
  std::ranges::replace(out, '.', ' ');
  return out;
}

Option option_of(const api::Parameter& parameter) {
  const bool repeats = form_of(parameter.type).repeats;
  const auto set = [name = std::string(parameter.name), repeats](Call& call, std::string_view value) {
    std::string& kept = call.values[name];
    kept = repeats && !kept.empty() ? kept + "\n" + std::string(value) : std::string(value);
    return !repeats || value.find('\n') == std::string_view::npos;
  };
  return {"--" + hyphened(parameter.name),
          value_word(parameter),
          words_of(parameter),
          set,
          parameter.need == api::Need::required,
          repeats};
}

Command command_of(const api::Operation& row) {
  const auto parameters = api::parameters_of(row.id);
  Command out{words_in(row.name), {}, words_of(row), {}, administer, row.id};
  bool has_secret = false;
  for (const api::Parameter& parameter : parameters) {
    has_secret = has_secret || parameter.is_secret();
    if (is_operand(parameter))
      out.operands.push_back(operand_word(parameter));
    else if (!parameter.is_secret())
      out.options.push_back(option_of(parameter));
  }
  std::vector<Option> common =
      has_secret ? options({OptionId::socket, OptionId::secrets}) : options({OptionId::socket});
  std::ranges::move(common, std::back_inserter(out.options));
  return out;
}

}  // namespace

std::vector<Command> operation_commands() {
  std::vector<Command> out;
  for (const api::Operation& row : api::operations()) out.push_back(command_of(row));
  return out;
}

}  // namespace gw::cli
