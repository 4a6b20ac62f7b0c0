// sekisho-evidence-verify: for whoever was handed evidence. Reads the archive as the box hands it over, or
// the folder that it was unpacked into, and says whether each file is what the box signed (GOV-01). Needs
// neither the box nor anything else of it.

#include <cstdio>

#include "base/verifier_call.h"
#include "evidence/received.h"
#include "evidence/verdict.h"

namespace {

using namespace gw;

constexpr std::string_view kHelp =
    "sekisho-evidence-verify [--signer SHA256] [--part] [--output text|json] [--lang ja|en] "
    "[ARCHIVE|FOLDER]\n"
    "\n"
    "Says whether evidence that a Sekisho made agrees with its signature, and names each file that was "
    "changed,\n"
    "removed or added. It reads the archive (.tar) as the box hands it over, the folder that it was "
    "unpacked\n"
    "into, or without either an archive from standard input.\n"
    "装置が作った証拠が署名されたとおりかを確かめ、変更・削除・追加されたファイルを名前で示します。\n"
    "\n"
    "  --signer SHA256     the key that has to have signed, as you know it from elsewhere; 署名した鍵の指紋\n"
    "                      without it nothing says that the key is the box's\n"
    "  --part              not all was handed over: what is missing is counted, and is no fault;\n"
    "                      一部の書類だけを受け取ったとき\n"
    "  --output text|json  what the answer is written as (text)\n"
    "  --lang ja|en        its language (that of the environment)\n"
    "\n"
    "Ends with 0 when the evidence is whole, 1 when it is not, 2 when it agrees with itself and no --signer "
    "was\n"
    "given, 64 when called wrongly, 66 when it cannot be read.\n";

Verified verify(const VerifierCall& call);
constexpr Verifier kThis{"sekisho-evidence-verify", kHelp, verify, true};

Verified verify(const VerifierCall& call) {
  const auto files = evidence::received(call.path);
  if (!files)
    return unreadable(kThis, call.path.empty() ? "standard input" : call.path, files.error().detail);
  const evidence::Verdict verdict = evidence::verify(*files, call.signer, call.is_part);
  const std::string told =
      call.as_json ? evidence::json_of(verdict) : evidence::words_of(verdict, call.language);
  std::fwrite(told.data(), 1, told.size(), stdout);
  if (!verdict.is_whole()) return Verified::not_whole;
  return verdict.is_signer_expected ? Verified::whole : Verified::nobody_known;
}

}  // namespace

int main(int count, char** arguments) { return run_verifier(kThis, count, arguments); }
