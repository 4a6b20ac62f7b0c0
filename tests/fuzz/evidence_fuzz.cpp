#include <cstdint>
#include <cstdlib>

#include "evidence/verdict.h"

namespace {

using namespace gw;
using namespace gw::evidence;

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

/// Any text as what seals evidence: a seal is one in one spelling, and what nobody signed is not whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text({data, size}));
  const auto seal = model::parse_evidence_seal(text);
  expect(!seal || text_of(*seal) == text);
  const std::vector<File> files = {{"a.html", "abc"},
                                   {std::string(kSums), text},
                                   {std::string(kSeal), text},
                                   {std::string(kSignature), text},
                                   {std::string(kSigner), text}};
  const Verdict verdict = verify(files, std::nullopt);
  expect(!verdict.is_whole());
  expect(!words_of(verdict, Language::english).empty() && !json_of(verdict).empty());
  return 0;
}
