#include "cli/arguments.h"

#include <algorithm>

#include "base/text.h"
#include "cli/when.h"
#include "model/change_state.h"
#include "model/cut.h"

namespace gw::cli {
namespace {

constexpr std::size_t kHelpColumn = 41;
constexpr std::uint64_t kMostListed = 1'000;

bool set_format(Call& call, std::string_view value) {
  if (value != "text" && value != "json") return false;
  call.format = value == "json" ? Format::json : Format::text;
  return true;
}

bool set_form(Call& call, std::string_view value) {
  call.form = value == "csv" ? ExportForm::csv : ExportForm::chain;
  return value == "csv" || value == "chain";
}

bool set_class(Call& call, std::string_view value) {
  call.record_class = model::parse_record_class(value);
  return call.record_class.has_value();
}

bool set_years(Call& call, std::string_view value) {
  call.years = 0;
  if (value == "never") return true;
  const auto number = parse_decimal(value);
  const bool fits = number && *number <= model::KeptFor::kMost &&
                    model::KeptFor::years(static_cast<std::uint32_t>(*number));
  if (fits) call.years = static_cast<std::uint32_t>(*number);
  return fits;
}

bool set_language(Call& call, std::string_view value) {
  call.language = audit::language_of(value);
  return value == "ja" || value == "en";
}

bool set_side(Call& call, std::string_view value) {
  if (value != "terminal" && value != "cloud") return false;
  call.side = value == "cloud" ? Side::cloud : Side::terminal;
  return true;
}

/// An option that is text as it stands.
template <std::string Call::*text>
bool set_text(Call& call, std::string_view value) {
  call.*text = value;
  return !value.empty();
}

/// As the tools print it: with colons or without, in either case.
bool set_certificate(Call& call, std::string_view value) {
  call.certificate.clear();
  for (const char c : value)
    if (c != ':') call.certificate.push_back(c);
  call.certificate = to_lower(call.certificate);
  return model::is_fingerprint(call.certificate);
}

bool set_signer(Call& call, std::string_view value) {
  call.signer = to_lower(value);
  return model::is_fingerprint(call.signer);
}

/// A word that records are looked for by.
template <std::string model::RecordQuery::*word>
bool set_word(Call& call, std::string_view value) {
  call.query.*word = value;
  return !value.empty() && value.size() <= model::kMostRecordWord;
}

template <std::chrono::milliseconds model::RecordQuery::*moment>
bool set_moment(Call& call, std::string_view value) {
  const auto when = parse_when(value);
  if (when) call.query.*moment = *when;
  return when && when->count() > 0;
}

bool set_last(Call& call, std::string_view value) {
  const auto number = parse_decimal(value);
  const bool fits = number && *number >= 1 && *number <= kMostListed;
  if (fits) call.last = static_cast<std::uint32_t>(*number);
  return fits;
}

/// "90 s", "90s", "5 min".
bool set_within(Call& call, std::string_view value) {
  const auto span = parse_span(value);
  if (span) call.within = *span;
  return span && model::ChangeWindow::kLeast <= *span && *span <= model::ChangeWindow::kMost;
}

struct Option {
  std::string_view name;
  std::string_view value;
  std::string_view help;
  bool (*set)(Call& call, std::string_view value);
};
constexpr Option kOptions[] = {
    {"--output", "text|json", "what the answer is written as (text)", set_format},
    {"--socket", "PATH", "the supervisor's control socket (/run/sekisho/control)", set_text<&Call::socket>},
    {"--reason", "TEXT", "why you do or undo it; it is recorded", set_text<&Call::reason>},
    {"--certificate", "SHA256", "the one certificate that is meant, by its fingerprint", set_certificate},
    {"--anchors", "FILE", "the authorities that are trusted", set_text<&Call::anchors>},
    {"--peer", "terminal|cloud", "whose certificate it is (terminal)", set_side},
    {"--name", "HOST", "the name that a cloud's certificate must carry", set_text<&Call::host_name>},
    {"--subject", "TEXT", "whom a request is for, such as O=Clinic,CN=ct-1", set_text<&Call::subject>},
    {"--names", "LIST", "its names, such as URI:urn:x,DNS:a.example,IP:10.1.0.1", set_text<&Call::names>},
    {"--key", "KIND", "of a new key: p256, p384, rsa-2048 or rsa-3072 (p256)", set_text<&Call::key_kind>},
    {"--request", "FILE", "a terminal's own request; without it the box makes its key",
     set_text<&Call::request>},
    {"--sheet", "FILE", "write the sheet with the password or the ticket there, to print",
     set_text<&Call::sheet>},
    {"--within", "30s..30min", "how long a change waits to be confirmed (3min)", set_within},
    {"--because", "WORD", "the reason that stands on the list, such as key_compromise",
     set_text<&Call::because>},
    {"--secret", "FILE", "the wrapping secret of a key that is kept encrypted", set_text<&Call::secret>},
    {"--from", "TIME", "records from then on, such as 2026-11-28 or 2026-11-28T09:30, in Japan's time",
     set_moment<&model::RecordQuery::from>},
    {"--until", "TIME", "records before then", set_moment<&model::RecordQuery::until>},
    {"--tenant", "NAME", "records of one tenant", set_word<&model::RecordQuery::tenant>},
    {"--terminal", "NAME", "records of one terminal", set_word<&model::RecordQuery::terminal>},
    {"--service", "NAME", "records of one service", set_word<&model::RecordQuery::service>},
    {"--event", "ID", "records of one kind, such as session.refused", set_word<&model::RecordQuery::event>},
    {"--last", "NUMBER", "how many records, up to 1000 (100)", set_last},
    {"--as", "chain|csv", "what records are exported as; csv is for spreadsheets (chain)", set_form},
    {"--class", "connection|administration|other", "whose span `log keep` changes", set_class},
    {"--years", "2..99|never", "how long at least they are kept; never: they are never removed", set_years},
    {"--lang", "ja|en", "the language of a verdict on records (that of the environment)", set_language},
    {"--signer", "SHA256", "the key that has to have signed the records", set_signer},
};

const Option* find_option(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kOptions), std::end(kOptions), [&](const Option& o) { return o.name == name; });
  return found == std::end(kOptions) ? nullptr : found;
}

std::size_t word_count(std::string_view words) {
  return static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) + 1;
}

std::string joined(const std::vector<std::string>& words, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < std::min(count, words.size()); ++i)
    out.append(i > 0 ? " " : "").append(words[i]);
  return out;
}

std::string usage(const Command& command) {
  std::string out = "sekisho " + std::string(command.words);
  for (const std::string_view file : command.files) out.append(" ").append(file);
  return out;
}

bool takes(const Command& command, std::size_t operands) {
  const bool last_may_lack = !command.files.empty() && command.files.back().starts_with('[');
  return operands == command.files.size() || (last_may_lack && operands + 1 == command.files.size());
}

/// Sorts options from words; the first complaint, or empty.
std::string sort_out(std::span<char* const> arguments, Call& call, std::vector<std::string>& words) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (!argument.starts_with("--")) {
      words.emplace_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const Option* option = find_option(argument.substr(0, equals));
    if (option == nullptr) return "there is no option " + std::string(argument);
    const bool attached = equals != std::string_view::npos;
    if (!attached && i + 1 == arguments.size()) return std::string(argument) + " needs a value";
    const std::string_view value = attached ? argument.substr(equals + 1) : std::string_view(arguments[++i]);
    if (!option->set(call, value)) return std::string(option->name) + " takes " + std::string(option->value);
  }
  return {};
}

}  // namespace

Understood understand(std::span<const Command> commands, std::span<char* const> arguments) {
  Choice choice;
  std::vector<std::string> words;
  if (std::string complaint = sort_out(arguments, choice.call, words); !complaint.empty())
    return {{}, complaint};
  for (const Command& command : commands) {
    const std::size_t count = word_count(command.words);
    if (joined(words, count) != command.words) continue;
    choice.command = &command;
    choice.call.files.assign(words.begin() + static_cast<std::ptrdiff_t>(count), words.end());
    if (!takes(command, choice.call.files.size())) return {{}, "write it as: " + usage(command)};
    return {std::move(choice), {}};
  }
  return {{}, words.empty() ? "say what to do" : "there is no command " + joined(words, 2)};
}

std::string help(std::span<const Command> commands) {
  std::string out =
      "sekisho: checks and changes the configuration of a Sekisho box, looks after its certificates,\n"
      "and cuts parts of it off\n\n";
  for (const Command& command : commands) {
    std::string line = "  " + usage(command);
    line.resize(std::max(line.size() + 1, kHelpColumn), ' ');
    out.append(line).append(command.help).append("\n");
  }
  out.append("\n");
  for (const Option& option : kOptions) {
    std::string line = "  " + std::string(option.name) + " " + std::string(option.value);
    line.resize(std::max(line.size() + 1, kHelpColumn), ' ');
    out.append(line).append(option.help).append("\n");
  }
  return out.append(
      "\nEnds with 0 when done, 1 when it failed or the configuration is not usable, 64 when called "
      "wrongly,\n"
      "66 when a file is missing, 69 when no supervisor answers, 75 when it is busy.\n");
}

}  // namespace gw::cli
