// Whoever was handed evidence verifies it (GOV-01), as sekisho-evidence-verify does.

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "evidence/received.h"
#include "evidence/verdict.h"

namespace gw::cli {

int evidence_verify(const Call& call) {
  const auto files = evidence::received(call.files[0]);
  if (!files)
    return complain(said(call.language, Text::evidence_unreadable, {call.files[0], files.error().detail})),
           kInputMissing;
  const evidence::Verdict verdict = evidence::verify(*files, octets_of_hex<32>(call.signer), call.part);
  print(call.format == Format::json ? evidence::json_of(verdict)
                                    : evidence::words_of(verdict, call.language));
  if (!verdict.is_whole()) return kFailed;
  return verdict.is_signer_expected ? kOk : kWarned;
}

}  // namespace gw::cli
