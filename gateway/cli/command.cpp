#include "cli/command.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/options.h"

namespace gw::cli {
namespace {

using enum OptionId;
using Verb = model::SiteOrder::Verb;
using What = model::Cut::What;
using Act = ipc::op::IdentityOrder::Act;

std::vector<Command> all() {
  std::vector<Command> out = {
#define on(...) \
  { __VA_ARGS__ }
#define of(...) options({__VA_ARGS__})
#define needing(id) options_needing(id)
#define GW_COMMAND(words, operands, function, taken, japanese, english) \
  {words, operands, {japanese, english}, taken, function, {}},
#include "cli/commands.def"
#undef GW_COMMAND
#undef on
#undef of
#undef needing
  };
  std::ranges::move(operation_commands(), std::back_inserter(out));
  std::ranges::sort(out, {}, &Command::words);
  return out;
}

/// "ROLE" in the place of a long list of roles.
std::string in_short(const Option& option) {
  constexpr std::size_t kLong = 24;
  if (option.value.size() <= kLong) return option.value;
  std::string out = option.name.substr(option.name.find_first_not_of('-'));
  std::ranges::transform(out, out.begin(),
                         [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  return out;
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> kAll = all();
  return kAll;
}

std::size_t Command::fewest() const {
  const auto needed = std::ranges::count_if(operands, [](const std::string& one) { return one[0] != '['; });
  return static_cast<std::size_t>(needed);
}

std::string usage(const Command& command) {
  std::string out = "sekisho " + command.words;
  for (const std::string& operand : command.operands) out.append(" ").append(operand);
  for (const Option& option : command.options)
    if (option.is_needed) out.append(" ").append(option.name).append(" ").append(in_short(option));
  return out;
}

std::vector<std::string> choices_of(const Option& option) {
  std::vector<std::string> out;
  if (option.value.find('|') == std::string::npos || option.value.find("..") != std::string::npos) return out;
  for (std::size_t begin = 0; begin <= option.value.size();) {
    const std::size_t end = std::min(option.value.find('|', begin), option.value.size());
    out.push_back(option.value.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace gw::cli
