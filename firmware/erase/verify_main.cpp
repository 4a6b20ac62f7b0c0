// sekisho-erasure-verify: for whoever was handed 廃棄証明. Reads the folder that the box left it in, and says
// whether it is what a box signed, and what the box says came of it (DSP-01). Needs neither the box nor
// anything else of it.

#include <cstdio>

#include "base/verifier_call.h"
#include "erase/statement.h"
#include "sys/durable_file.h"

namespace {

using namespace gw;

constexpr std::size_t kMostFile = 64u << 20;
constexpr std::string_view kHelp =
    "sekisho-erasure-verify [--signer SHA256] [--lang ja|en] FOLDER\n"
    "\n"
    "Says whether the proof of a Sekisho's erasure (廃棄証明) is as the box signed it: what it was about to "
    "do, "
    "by its\n"
    "evidence key, and what came of it, by the key that the first names.\n"
    "装置が残した廃棄証明が、署名されたとおりかを確かめます。\n"
    "\n"
    "  --signer SHA256     the box's evidence key, as its report of the installation has it; 証跡の鍵の指紋\n"
    "  --lang ja|en        the language of the answer (that of the environment)\n"
    "\n"
    "Ends with 0 when all is as it was signed and the box says that it was erased, 1 when not, 2 when no "
    "--signer "
    "was\n"
    "given, 64 when called wrongly, 66 when the folder cannot be read.\n";

Verified verify(const VerifierCall& call);
constexpr Verifier kThis{"sekisho-erasure-verify", kHelp, verify};

Verified verify(const VerifierCall& call) {
  std::vector<erase::NamedText> files;
  for (const std::string_view name : {erase::kPaper, erase::kIntent, erase::kIntentSignature, erase::kBoxKey,
                                      erase::kResult, erase::kResultSignature, erase::kResultKey}) {
    const auto octets = sys::read_kept(call.path + "/" + std::string(name), kMostFile);
    if (!octets) return unreadable(kThis, call.path, octets.error().to_text());
    files.push_back({name, std::string(as_text(*octets))});
  }
  const erase::Testimony found = erase::verify(files, call.signer);
  std::fputs(erase::words_of(found, call.signer.has_value(), call.language).c_str(), stdout);
  if (!found.faults.empty() || !found.is_erased) return Verified::not_whole;
  return call.signer ? Verified::whole : Verified::nobody_known;
}

}  // namespace

int main(int count, char** arguments) { return run_verifier(kThis, count, arguments); }
