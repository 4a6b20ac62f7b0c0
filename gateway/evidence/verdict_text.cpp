#include "base/json.h"
#include "base/jst.h"
#include "base/text.h"
#include "base/wording.h"
#include "evidence/verdict.h"

namespace gw::evidence {
namespace {

struct Told {
  std::string_view name{};
  Wording words{};  ///< behind the file's name
};
/// In the order of Verdict::Fault.
constexpr Told kFaults[] = {
    {"unsealed", {"ありません。あっても、そのためのものではありません", "missing, or not what it has to be"}},
    {"other_signer", {"別の鍵です", "it is another key than the one that was expected"}},
    {"wrong_signature", {"署名が正しくありません", "the signature is wrong"}},
    {"wrong_sums", {"署名されたものと違います", "it is not what was signed"}},
    {"changed", {"書き換えられています", "changed"}},
    {"missing", {"ありません", "missing"}},
    {"added", {"あとから加えられています", "added"}},
};
const Told& told(Verdict::Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

constexpr Wording kWhole{"改ざんはありません", "whole"},
    kBroken{"【異常】署名されたとおりではありません", "NOT AS IT WAS SIGNED"};

/// Zero for a signer that nobody knows.
std::string signer_of(const Verdict& verdict) {
  return verdict.signer == pki::Sha256{} ? std::string() : to_hex(verdict.signer);
}
std::string made_of(const Verdict& verdict) {
  constexpr std::chrono::seconds kYear10000{253'402'300'800 - 9 * 3600};
  return verdict.seal && verdict.seal->made < kYear10000 ? to_jst_text(verdict.seal->made) : std::string();
}

}  // namespace

std::string words_of(const Verdict& verdict, Language language) {
  const bool is_japanese = language == Language::japanese;
  std::string out;
  for (const Verdict::Found& found : verdict.faults)
    out.append(found.file).append(": ").append(told(found.fault).words.in(language)).append("\n");
  const std::string files = std::to_string(verdict.files);
  out.append(is_japanese ? "ファイル " + files + " 個: " : files + " files: ");
  out.append((verdict.is_whole() ? kWhole : kBroken).in(language)).append("\n");
  const std::string made = made_of(verdict), signer = signer_of(verdict);
  if (!made.empty()) out.append(is_japanese ? "作成 " : "made ").append(made).append("\n");
  if (!signer.empty()) out.append(is_japanese ? "鍵 " : "by the key ").append(signer).append("\n");
  return out;
}

std::string json_of(const Verdict& verdict) {
  std::vector<std::string> faults;
  for (const Verdict::Found& found : verdict.faults)
    faults.push_back(JsonObject().text("fault", told(found.fault).name).text("file", found.file).take());
  return JsonObject()
             .flag("whole", verdict.is_whole())
             .number("files", verdict.files)
             .text("made", made_of(verdict))
             .text("signer", signer_of(verdict))
             .raw("faults", json_list(faults))
             .take() +
         "\n";
}

}  // namespace gw::evidence
