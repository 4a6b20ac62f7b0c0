#include "cli/help_text.h"

#include <algorithm>

#include "api/operation.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/operation_values.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

constexpr std::size_t kHelpColumn = 41;

std::string row(const std::string& left, const std::string& right) {
  const std::string indented = "  " + left;
  if (width_of(indented) < kHelpColumn) return padded(indented, kHelpColumn) + right + "\n";
  return indented + "\n" + std::string(kHelpColumn, ' ') + right + "\n";
}

std::string option_rows(std::span<const Option> options, Language language) {
  std::string out;
  for (const Option& one : options)
    out += row(one.text(), one.help.in(language) + (one.is_needed ? said(language, Text::needed) : ""));
  return out + row("-h, --help", said(language, Text::option_help));
}

std::string head(Language language, Text text) { return "\n" + said(language, text) + "\n"; }

std::string help_on(const Command& command, Language language) {
  std::string out =
      said(language, Text::usage_line, {usage(command)}) + "\n\n" + command.help.in(language) + "\n";
  for (const std::string& remark : remarks_on(command, language)) out += remark + "\n";
  return out + head(language, Text::head_options) + option_rows(command.options, language);
}

std::string access_to(const api::Operation& row, Language language) {
  if (row.access.kind == api::Access::Kind::anyone) return said(language, Text::asks_anyone);
  if (row.access.kind == api::Access::Kind::session) return said(language, Text::asks_session);
  std::string roles;
  for (std::size_t i = 0; i < accounts::kRoles; ++i) {
    const auto role = static_cast<accounts::Role>(i);
    if (row.access.lets(role)) roles.append(roles.empty() ? "" : ", ").append(accounts::to_string(role));
  }
  return said(language, Text::asks_role, {roles});
}

std::string secrets_of(const api::Operation& row, Language language) {
  std::string out;
  for (const api::Parameter& parameter : api::parameters_of(row.id)) {
    if (!parameter.is_secret()) continue;
    const std::string what = words_of(parameter).in(language);
    out.append(out.empty() ? "" : ", ")
        .append(parameter.need == api::Need::optional ? said(language, Text::maybe_empty, {what}) : what);
  }
  return out.empty() ? "" : said(language, Text::asks_secrets, {out});
}

/// The table of all that is there, which begins with `words`.
std::string rows_of(std::span<const Command> commands, std::string_view words, Language language) {
  std::string out;
  for (const Command& command : commands)
    if (words.empty() || command.noun() == words)
      out += row(usage(command).substr(sizeof "sekisho"), command.help.in(language));
  return out;
}

}  // namespace

std::vector<std::string> remarks_on(const Command& command, Language language) {
  std::vector<std::string> out;
  if (!command.operation) return out;
  const api::Operation& row = api::operation(*command.operation);
  out.push_back(access_to(row, language));
  if (std::string secrets = secrets_of(row, language); !secrets.empty()) out.push_back(std::move(secrets));
  return out;
}

std::string help_text(std::span<const Command> commands, std::string_view words, Language language) {
  const auto one = std::ranges::find(commands, words, &Command::words);
  if (one != commands.end()) return help_on(*one, language);
  const std::string rows = rows_of(commands, words, language);
  if (rows.empty()) return {};
  const std::string top = words.empty() ? said(language, Text::about) + "\n\n" : "";
  const std::vector<Option> everywhere = options({});
  std::string out = top + said(language, Text::usage_of_all) + "\n" + head(language, Text::head_commands) +
                    rows + head(language, Text::head_options) + option_rows(everywhere, language);
  if (!words.empty()) return out;
  return out + row("--version", said(language, Text::option_version)) + "\n" +
         said(language, Text::exit_codes) + "\n" + said(language, Text::more_help) + "\n";
}

int help(const Call& call) {
  std::string words;
  for (const std::string& word : call.files) words.append(words.empty() ? "" : " ").append(word);
  const std::string text = help_text(commands(), words, call.language);
  if (text.empty()) return complain(said(call.language, Text::no_command, {words})), kUsage;
  return print(text), kOk;
}

}  // namespace gw::cli
