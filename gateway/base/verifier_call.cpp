#include "base/verifier_call.h"

#include <cstdio>

#include "base/text.h"

namespace gw {
namespace {

bool set_signer(VerifierCall& call, std::string_view value) {
  call.signer = octets_of_hex<32>(value);
  return call.signer.has_value();
}

bool set_form(VerifierCall& call, std::string_view value) {
  call.as_json = value == "json";
  return value == "json" || value == "text";
}

bool set_language(VerifierCall& call, std::string_view value) {
  call.language = language_of(value);
  return value == "ja" || value == "en";
}

struct Option {
  std::string_view name;
  bool (*set)(VerifierCall& call, std::string_view value);
};
constexpr Option kOptions[] = {{"--signer", set_signer}, {"--output", set_form}, {"--lang", set_language}};

void complain(const Verifier& verifier, const std::string& sentence) {
  std::fprintf(stderr, "%s: %s\n", std::string(verifier.name).c_str(), sentence.c_str());
}

}  // namespace

std::optional<VerifierCall> understand_verifier(std::span<char* const> words, bool are_parts) {
  VerifierCall call;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      if (!call.path.empty() || word.empty()) return std::nullopt;
      call.path = word;
      continue;
    }
    if (are_parts && word == "--part") {
      call.is_part = true;
      continue;
    }
    bool is_set = false;
    for (const Option& option : kOptions)
      if (option.name == word && i + 1 < words.size()) is_set = option.set(call, words[i + 1]);
    if (!is_set) return std::nullopt;
    ++i;
  }
  return call;
}

int run_verifier(const Verifier& verifier, int count, char** arguments) {
  const std::span<char* const> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  for (const char* word : words)
    if (std::string_view(word) == "--help" || std::string_view(word) == "-h")
      return std::fwrite(verifier.help.data(), 1, verifier.help.size(), stdout), 0;
  const std::optional<VerifierCall> call = understand_verifier(words, verifier.are_parts);
  if (call) return static_cast<int>(verifier.verify(*call));
  complain(verifier, "called wrongly; see --help");
  return static_cast<int>(Verified::called_wrongly);
}

Verified unreadable(const Verifier& verifier, std::string_view what, std::string_view why) {
  complain(verifier, std::string(what) + ": " + std::string(why));
  return Verified::unreadable;
}

}  // namespace gw
