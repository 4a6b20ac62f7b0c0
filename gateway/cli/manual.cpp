#include "cli/manual.h"

#include <algorithm>
#include <iterator>

#include "cli/exit_code.h"
#include "cli/help_text.h"
#include "cli/options.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

/// What scdoc takes for its own is written behind a backslash.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '_' || c == '*' || c == '`') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}
std::string bold(std::string_view text) { return "*" + escaped(text) + "*"; }
std::string slanted(std::string_view text) { return "_" + escaped(text) + "_"; }
/// A term and what it is, as scdoc indents it.
std::string entry(const std::string& term, const std::string& text) { return term + "\n\t" + text + "\n\n"; }
std::string head(Language language, Text text) { return "# " + said(language, text) + "\n\n"; }

std::string option_entry(const Option& one, Language language) {
  return "\t" + bold(one.name) + " " + slanted(one.value) + "\n\t\t" + escaped(one.help.in(language)) +
         (one.is_needed ? said(language, Text::needed) : "") + "\n\n";
}

std::string command_entry(const Command& command, Language language) {
  std::string term = bold("sekisho " + command.words);
  for (const std::string& operand : command.operands) term += " " + slanted(operand);
  std::string text = escaped(command.help.in(language));
  for (const std::string& remark : remarks_on(command, language)) text += "\n\t" + escaped(remark);
  std::string out = entry(term, text);
  const std::vector<Option> everywhere = options({});
  for (const Option& one : command.options)
    if (std::ranges::find(everywhere, one.name, &Option::name) == everywhere.end())
      out += option_entry(one, language);
  return out;
}

// ---------------------------------------------------------------- the configuration

/// A row of config/schema.def; `key` is empty where a section begins.
struct Row {
  const char* section;
  std::string_view form;
  const char* key;
  bool is_list;
  std::string_view presence;
  const char* help;
};
constexpr Row kRows[] = {
#define GW_SECTION(section) {#section, "", "", false, "", ""},
#define GW_KEY(form, key, presence, help) {"", #form, #key, false, #presence, help},
#define GW_LIST(form, least, most, key, presence, help) {"", #form, #key, true, #presence, help},
#define GW_END
#include "config/schema.def"
#undef GW_SECTION
#undef GW_KEY
#undef GW_LIST
#undef GW_END
};

/// "InterfaceAddress" as people say it: "interface address".
std::string form_text(std::string_view form) {
  std::string out;
  for (const char c : form.substr(0, form.find('<'))) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital && !out.empty()) out.push_back(' ');
    out.push_back(static_cast<char>(is_capital ? c - 'A' + 'a' : c));
  }
  return out;
}

/// The keys of a section, each with what leads to it, and behind it those beneath.
std::string keys_of(std::string_view section, const std::string& path) {
  const Row* row = std::ranges::find_if(kRows, [&](const Row& one) { return section == one.section; });
  std::string out;
  if (row == std::end(kRows)) return out;
  for (++row; row != std::end(kRows) && *row->key != '\0'; ++row) {
    const std::string name = path + row->key + (row->is_list ? "[]" : "");
    const std::string beneath = keys_of(row->form, name + ".");
    const std::string kind = beneath.empty() ? form_text(row->form) : "section";
    out += entry(bold(name) + " (" + kind + ", " + std::string(row->presence) + ")", escaped(row->help)) +
           beneath;
  }
  return out;
}

}  // namespace

std::string manual_of_commands(std::span<const Command> commands, Language language) {
  std::string out =
      "sekisho(1)\n\n" + head(language, Text::man_name) + "sekisho - " + said(language, Text::man_in_short) +
      "\n\n" + head(language, Text::man_synopsis) + bold("sekisho") + " " + slanted("NOUN") + " " +
      slanted("VERB") + " [" + slanted("OPERAND") + "...] [" + slanted("OPTION") + "...]\n\n" +
      head(language, Text::man_description) + escaped(said(language, Text::about)) + "\n\n" +
      escaped(said(language, Text::man_administrators)) + "\n\n" + head(language, Text::man_commands);
  for (const Command& command : commands) out += command_entry(command, language);
  out += head(language, Text::man_options);
  for (const Option& one : options({}))
    out += entry(bold(one.name) + " " + slanted(one.value), escaped(one.help.in(language)));
  out += entry(bold("-h") + ", " + bold("--help"), said(language, Text::option_help));
  out += entry(bold("--version"), said(language, Text::option_version));
  out += head(language, Text::man_exit) + escaped(said(language, Text::exit_codes)) + "\n\n";
  out += head(language, Text::man_environment) +
         entry(bold("LC_ALL") + ", " + bold("LC_MESSAGES") + ", " + bold("LANG"),
               said(language, Text::man_locale)) +
         entry(bold("NO_COLOR"), said(language, Text::man_no_colour)) +
         entry(bold("XDG_RUNTIME_DIR"), escaped(said(language, Text::man_runtime)));
  return out + head(language, Text::man_see) + bold("sekisho.yaml") + "(5), " + bold("sekisho-supervisor") +
         "(8)\n";
}

std::string manual_of_configuration() {
  return "sekisho.yaml(5)\n\n# NAME\n\nsekisho.yaml - the configuration of a Sekisho box\n\n# DESCRIPTION\n\n"
         "The whole configuration is one YAML file of at most 1 MiB, without aliases and tags. A key that is "
         "not "
         "listed here is a mistake, and so is one that stands twice; " +
         bold("sekisho config check") + " names every mistake with its line and column, and " +
         bold("sekisho config show") +
         " writes out what is in force with all defaults.\n\nThe file is what a box starts with that was "
         "given no "
         "other configuration yet. From then on " +
         bold("sekisho config apply") + " and " + bold("sekisho config confirm") +
         " change it.\n\nA key beneath another is written with dots between them; [] marks a list, whose "
         "items "
         "have those keys.\n\n# KEYS\n\n" +
         keys_of("RootKeys", "") + "# FILES\n\n" +
         entry("_/etc/sekisho/sekisho.yaml_", "the configuration; the files that it names lie beside it") +
         "# SEE ALSO\n\n" + bold("sekisho") + "(1), " + bold("sekisho-supervisor") + "(8)\n";
}

}  // namespace gw::cli
