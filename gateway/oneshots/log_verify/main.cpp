// sekisho-log-verify: an auditor's own program. Reads an export of a box's records, from a file or from
// standard input, and says whether it is what the box wrote (LOG-03). Needs neither the box nor anything else
// of it.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "audit/export_reader.h"
#include "audit/verdict_text.h"
#include "base/fd.h"

namespace {

using namespace gw;

enum Exit : int { kIntact = 0, kNotIntact = 1, kUsage = 64, kInputMissing = 66 };
enum class Form { text, json };

constexpr std::string_view kHelp =
    "sekisho-log-verify [--signer SHA256] [--output text|json] [--lang ja|en] [FILE]\n"
    "\n"
    "Says whether an export of a Sekisho's records (sekisho log export) is what the box wrote, and names "
    "each\n"
    "record that was changed, removed, inserted or moved. Without FILE it reads standard input.\n"
    "記録の書き出しが機器の書いたとおりかを確かめ、変更・削除・挿入・移動された記録を番号で示します。\n"
    "\n"
    "  --signer SHA256     the key that has to have signed, as you know it from elsewhere; 署名した鍵の指紋\n"
    "  --output text|json  what the answer is written as (text)\n"
    "  --lang ja|en        its language (that of the environment)\n"
    "\n"
    "Ends with 0 when the records are intact, 1 when they are not, 64 when called wrongly, 66 when the file\n"
    "cannot be read.\n";

struct Wanted {
  std::optional<pki::Sha256> signer{};
  Form form = Form::text;
  Language language = language_of_environment();
  std::string file{};  ///< empty: standard input
};

bool set_signer(Wanted& wanted, std::string_view value) {
  wanted.signer = pki::sha256_of_hex(value);
  return wanted.signer.has_value();
}

bool set_form(Wanted& wanted, std::string_view value) {
  wanted.form = value == "json" ? Form::json : Form::text;
  return value == "json" || value == "text";
}

bool set_language(Wanted& wanted, std::string_view value) {
  wanted.language = language_of(value);
  return value == "ja" || value == "en";
}

struct Option {
  std::string_view name;
  bool (*set)(Wanted& wanted, std::string_view value);
};
constexpr Option kOptions[] = {{"--signer", set_signer}, {"--output", set_form}, {"--lang", set_language}};

/// Nothing if it cannot be understood.
std::optional<Wanted> understand(std::span<char* const> words) {
  Wanted wanted;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      if (!wanted.file.empty() || word.empty()) return std::nullopt;
      wanted.file = word;
      continue;
    }
    bool is_set = false;
    for (const Option& option : kOptions)
      if (option.name == word && i + 1 < words.size()) is_set = option.set(wanted, words[i + 1]);
    if (!is_set) return std::nullopt;
    ++i;
  }
  return wanted;
}

int complain(const std::string& sentence, Exit status) {
  std::fprintf(stderr, "sekisho-log-verify: %s\n", sentence.c_str());
  return status;
}

int verify(const Wanted& wanted) {
  UniqueFd file;
  if (!wanted.file.empty()) {
    file = UniqueFd(::open(wanted.file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return complain(wanted.file + ": " + system_error("open").detail, kInputMissing);
  }
  const auto verdict =
      audit::verify_export(file ? file.get() : STDIN_FILENO, audit::Verification(wanted.signer));
  if (!verdict)
    return complain((file ? wanted.file : "standard input") + ": " + verdict.error().detail, kInputMissing);
  const std::string told =
      wanted.form == Form::json ? audit::json_of(*verdict) : audit::words_of(*verdict, wanted.language);
  std::fwrite(told.data(), 1, told.size(), stdout);
  return verdict->is_intact() ? kIntact : kNotIntact;
}

}  // namespace

int main(int count, char** arguments) {
  const std::span<char* const> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  for (const char* word : words)
    if (std::string_view(word) == "--help" || std::string_view(word) == "-h")
      return std::fwrite(kHelp.data(), 1, kHelp.size(), stdout), kIntact;
  const std::optional<Wanted> wanted = understand(words);
  return wanted ? verify(*wanted) : complain("called wrongly; see --help", kUsage);
}
