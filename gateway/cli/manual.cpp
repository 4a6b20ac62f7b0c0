#include "cli/manual.h"

#include <algorithm>
#include <iterator>

#include "base/build_time.h"
#include "base/jst.h"
#include "base/text.h"

#include "cli/help_text.h"
#include "cli/options.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

/// One octet of a text as roff wants it. A hyphen is one that can be copied.
std::string escaped(char c) {
  if (c == '\\') return "\\e";
  if (c == '-') return "\\-";
  return std::string(1, c == '\n' ? ' ' : c);
}
/// No octet of it is an order to roff. Between wide characters a line may be broken.
std::string escaped(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  while (!text.empty()) {
    const std::string_view one = text.substr(0, std::max<std::size_t>(utf8_length(text), 1));
    out += one.size() == 1 ? escaped(one.front()) : std::string(one) + "\\:";
    text.remove_prefix(one.size());
  }
  return out;
}
std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string slanted(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }
/// A term and what it is.
std::string entry(const std::string& term, const std::string& text) {
  return ".TP\n" + term + "\n" + text + "\n";
}
std::string head(std::string_view words) { return ".SH \"" + std::string(words) + "\"\n"; }
std::string head(Language language, Text text) { return head(said(language, text)); }

/// Of the day of the sources.
std::string title(const char* page, char section) {
  const std::string day =
      to_day_text(jst_day_of(std::chrono::floor<std::chrono::seconds>(build_time().time_since_epoch())));
  return std::string(".TH ") + page + " " + section + " " + day + " Sekisho\n.ad l\n";
}

std::string option_entry(const Option& one, Language language) {
  const std::string needed = one.is_needed ? said(language, Text::needed) : "";
  const std::string value = one.is_flag() ? "" : " " + slanted(one.value);
  return entry(bold(one.name) + value, escaped(one.help.in(language) + needed));
}

std::string command_entry(const Command& command, Language language) {
  std::string term = bold("sekisho " + command.words);
  for (const std::string& operand : command.operands) term += " " + slanted(operand);
  std::string text = escaped(command.help.in(language));
  for (const std::string& remark : remarks_on(command, language)) text += "\n.br\n" + escaped(remark);
  std::string own;
  const std::vector<Option> everywhere = options({});
  for (const Option& one : command.options)
    if (std::ranges::find(everywhere, one.name, &Option::name) == everywhere.end())
      own += option_entry(one, language);
  return entry(term, text) + (own.empty() ? "" : ".RS\n" + own + ".RE\n");
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
  const auto words = [&](Text text) { return escaped(said(language, text)); };
  std::string out = title("SEKISHO", '1') + head(language, Text::man_name) + "sekisho \\- " +
                    words(Text::man_in_short) + "\n" + head(language, Text::man_synopsis) + bold("sekisho") +
                    " " + slanted("NOUN") + " " + slanted("VERB") + " [" + slanted("OPERAND") + " ...] [" +
                    slanted("OPTION") + " ...]\n" + head(language, Text::man_description) +
                    words(Text::about) + "\n.PP\n" + words(Text::man_administrators) + "\n" +
                    head(language, Text::man_commands);
  for (const Command& command : commands) out += command_entry(command, language);
  out += head(language, Text::man_options);
  for (const Option& one : options({})) out += option_entry(one, language);
  out += entry(bold("-h") + ", " + bold("--help"), words(Text::option_help));
  out += entry(bold("--version"), words(Text::option_version));
  out += head(language, Text::man_exit) + words(Text::exit_codes) + "\n";
  out += head(language, Text::man_environment) +
         entry(bold("LC_ALL") + ", " + bold("LC_MESSAGES") + ", " + bold("LANG"), words(Text::man_locale)) +
         entry(bold("NO_COLOR"), words(Text::man_no_colour)) +
         entry(bold("XDG_RUNTIME_DIR"), words(Text::man_runtime));
  return out + head(language, Text::man_see) + bold("sekisho.yaml") + "(5), " + bold("sekisho-supervisor") +
         "(8)\n";
}

std::string manual_of_configuration() {
  return title("SEKISHO.YAML", '5') + head("NAME") + "sekisho.yaml \\- the configuration of a Sekisho box\n" +
         head("DESCRIPTION") +
         "The whole configuration is one YAML file of at most 1 MiB, without aliases and tags. A key that "
         "is\n"
         "not listed here is a mistake, and so is one that stands twice;\n" +
         bold("sekisho config check") + "\nnames every mistake with its line and column, and\n" +
         bold("sekisho config show") +
         "\nwrites out what is in force with all defaults.\n.PP\nThe file is what a box starts with that "
         "was\n"
         "given no other configuration yet. From then on\n" +
         bold("sekisho config apply") + "\nand\n" + bold("sekisho config confirm") +
         "\nchange it.\n.PP\nA key beneath another is written with a dot between them; [] marks a list, "
         "whose\n"
         "items have those keys.\n" +
         head("KEYS") + keys_of("RootKeys", "") + head("FILES") +
         entry(slanted("/etc/sekisho/sekisho.yaml"),
               "The configuration. The files that it names lie beside it.") +
         head("SEE ALSO") + bold("sekisho") + "(1), " + bold("sekisho-supervisor") + "(8)\n";
}

}  // namespace gw::cli
