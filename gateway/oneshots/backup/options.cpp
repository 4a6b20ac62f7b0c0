#include "options.h"

#include <algorithm>
#include <string_view>

#include "base/language.h"
#include "base/text.h"

namespace gw::oneshots {
namespace {

bool set_signer(Options& all, std::string_view value) {
  const auto octets = from_hex(to_lower(value));
  if (!octets || octets->size() != all.signer.size()) return false;
  std::ranges::copy(as_bytes(*octets), all.signer.begin());
  return all.has_signer();
}

bool set_language(Options& all, std::string_view value) {
  all.language = value == "ja" ? Language::japanese : Language::english;
  return value == "ja" || value == "en";
}

template <std::string Options::*text>
bool set_text(Options& all, std::string_view value) {
  all.*text = value;
  return !value.empty();
}

struct Row {
  std::string_view name;
  bool (*set)(Options& all, std::string_view value);
};
constexpr Row kRows[] = {
    {"--certificate", set_text<&Options::certificate>},
    {"--key", set_text<&Options::key>},
    {"--signer", set_signer},
    {"--folder", set_text<&Options::folder>},
    {"--state", set_text<&Options::state>},
    {"--config", set_text<&Options::config>},
    {"--programs", set_text<&Options::programs>},
    {"--lang", set_language},
};

/// What a verb cannot do without.
struct Verb {
  std::string_view name;
  bool (*is_enough)(const Options& all);
  const char* needs;
};
constexpr Verb kVerbs[] = {
    {"open", [](const Options& all) { return all.folder.empty() || all.has_key(); },
     "--folder needs --certificate and --key"},
    {"copy", [](const Options& all) { return !all.folder.empty(); }, "copy needs --folder"},
    {"try", [](const Options& all) { return all.has_key(); }, "try needs --certificate and --key"},
    {"restore",
     [](const Options& all) {
       return all.has_key() && all.has_signer() && !all.state.empty() && !all.config.empty();
     },
     "restore needs --certificate, --key, --signer, --state and --config"},
};

Error malformed(std::string what) { return {ErrorCode::text_malformed, std::move(what)}; }

Result<> check(const Options& all) {
  if (all.certificate.empty() != all.key.empty()) return malformed("--certificate and --key belong together");
  for (const Verb& verb : kVerbs)
    if (verb.name == all.verb) return verb.is_enough(all) ? Result<>(Done{}) : malformed(verb.needs);
  return malformed(all.verb.empty() ? "say what to do" : "there is no " + all.verb);
}

}  // namespace

Result<Options> parse_options(std::span<char* const> words) {
  Options all;
  all.language = language_of_environment();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      std::string& place = all.verb.empty() ? all.verb : all.file;
      if (!place.empty()) return malformed("one file at a time");
      place = word;
      continue;
    }
    const Row* row = std::ranges::find(kRows, word, &Row::name);
    if (row == std::end(kRows)) return malformed("there is no option " + std::string(word));
    if (++i == words.size() || !row->set(all, words[i]))
      return malformed(std::string(word) + " needs another value");
  }
  GW_TRY(check(all));
  if (all.file.empty()) return malformed("name the backup's file");
  return all;
}

const char* usage() {
  return "sekisho-backup open FILE [--certificate FILE --key FILE [--folder DIR]] [--signer SHA256]\n"
         "sekisho-backup copy FILE --folder DIR [--signer SHA256]\n"
         "sekisho-backup try FILE --certificate FILE --key FILE [--signer SHA256]\n"
         "sekisho-backup restore FILE --certificate FILE --key FILE --signer SHA256 --state DIR --config "
         "DIR\n"
         "\n"
         "open     says whether a backup of a Sekisho is whole, and, with the key of somebody whom it is\n"
         "         encrypted to, what is in it; --folder puts that into a new folder\n"
         "copy     puts it onto another medium, such as a stick, and reads it back from there\n"
         "try      as if it were restored: its configuration is compiled as the box compiles it, in a\n"
         "         compartment of its own; changes nothing. As root\n"
         "restore  makes of it what a spare box starts with: a new state folder and a new folder of its\n"
         "         configuration. No private key is in a backup: what to enrol anew is listed. As root\n"
         "バックアップの確認・複写・復元の試行・予備機への復元を行います。秘密鍵はバックアップに含まれません"
         "。\n"
         "\n"
         "  --certificate, --key  PEM files of the clinic or the vendor; 宛先の証明書と秘密鍵\n"
         "  --signer SHA256       the key of the box that made it, as `backups.list` and the records' "
         "exports\n"
         "                        name it; 装置の署名鍵の指紋\n"
         "  --programs DIR        where sekisho-conf-compile is (beside this program)\n"
         "  --lang ja|en          the language of the answer (that of the environment)\n"
         "\n"
         "Ends with 0 when it is good, 1 when it is not or nothing came of it, 64 when called wrongly, 66 "
         "when\n"
         "a file cannot be read.\n";
}

}  // namespace gw::oneshots
