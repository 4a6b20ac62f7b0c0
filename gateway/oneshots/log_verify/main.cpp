// sekisho-log-verify: an auditor's own program. Reads an export of a box's records, from a file or from
// standard input, and says whether it is what the box wrote (LOG-03). Needs neither the box nor anything else
// of it.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "audit/export_reader.h"
#include "audit/verdict_text.h"
#include "base/fd.h"
#include "base/verifier_call.h"

namespace {

using namespace gw;

constexpr std::string_view kHelp =
    "sekisho-log-verify [--signer SHA256] [--output text|json] [--lang ja|en] [FILE]\n"
    "\n"
    "Says whether an export of a Sekisho's records (sekisho log export) is what the box wrote, and names "
    "each\n"
    "record that was changed, removed, inserted or moved. Without FILE it reads standard input.\n"
    "記録の書き出しが機器の書いたとおりかを確かめ、変更・削除・挿入・移動された記録を番号で示します。\n"
    "\n"
    "  --signer SHA256     the key that has to have signed, as you know it from elsewhere; 署名した鍵の指紋\n"
    "                      without it nothing says that the records are the box's\n"
    "  --output text|json  what the answer is written as (text)\n"
    "  --lang ja|en        its language (that of the environment)\n"
    "\n"
    "Ends with 0 when the records are intact, 1 when they are not, 2 when they agree with themselves and no\n"
    "--signer was given, 64 when called wrongly, 66 when the file cannot be read.\n";

Verified verify(const VerifierCall& call);
constexpr Verifier kThis{"sekisho-log-verify", kHelp, verify};

Verified verify(const VerifierCall& call) {
  UniqueFd file;
  if (!call.path.empty()) {
    file = UniqueFd(::open(call.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return unreadable(kThis, call.path, system_error("open").detail);
  }
  const auto verdict =
      audit::verify_export(file ? file.get() : STDIN_FILENO, audit::Verification(call.signer));
  if (!verdict) return unreadable(kThis, file ? call.path : "standard input", verdict.error().detail);
  const std::string told = call.as_json ? audit::json_of(*verdict) : audit::words_of(*verdict, call.language);
  std::fwrite(told.data(), 1, told.size(), stdout);
  if (!verdict->is_intact()) return Verified::not_whole;
  return verdict->is_signer_expected ? Verified::whole : Verified::nobody_known;
}

}  // namespace

int main(int count, char** arguments) { return run_verifier(kThis, count, arguments); }
