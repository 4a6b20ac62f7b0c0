#include <algorithm>

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

constexpr Wording kWhole{"署名と一致しています", "they agree with the signature"},
    kBroken{"【異常】署名されたとおりではありません", "NOT AS IT WAS SIGNED"},
    kNoSigner{
        "署名した鍵がこの装置のものかどうかは確かめていません(--signer で指紋を指定してください)",
        "whether the key that signed is this box's was not verified (say its fingerprint with --signer)"};

/// What is shown as it is: neither a control character nor one that turns text around.
bool is_plain(std::string_view character) {
  if (character.size() == 1)
    return character[0] >= ' ' && character[0] <= '~' && character[0] != '"' && character[0] != '\\';
  constexpr std::pair<std::string_view, std::string_view> kJapanese[] = {
      {"\u3001", "\u30ff"}, {"\u4e00", "\u9fff"}, {"\uff01", "\uff9f"}};
  return character.size() == 3 && std::ranges::any_of(kJapanese, [&](const auto& range) {
           return character >= range.first && character <= range.second;
         });
}

std::string shown_name(std::string_view name) {
  if (is_file_name(name)) return std::string(name);
  std::string out = "\"";
  while (!name.empty()) {
    const std::string_view character = name.substr(0, std::max<std::size_t>(utf8_length(name), 1));
    if (is_plain(character))
      out.append(character);
    else
      for (const char c : character) out.append("\\x").append(to_hex(as_bytes(std::string_view(&c, 1))));
    name.remove_prefix(character.size());
  }
  return out + "\"";
}

/// Zero for a signer that nobody knows.
std::string signer_of(const Verdict& verdict) {
  return verdict.signer == pki::Sha256{} ? std::string() : to_hex(verdict.signer);
}
std::string signed_of(const Verdict& verdict) {
  constexpr std::chrono::seconds kYear10000{253'402'300'800 - 9 * 3600};
  return verdict.seal && verdict.seal->made < kYear10000 ? to_jst_text(verdict.seal->made) : std::string();
}

std::string files_text(const Verdict& verdict, bool is_japanese) {
  const std::string files = std::to_string(verdict.files);
  if (verdict.left_out == 0) return is_japanese ? "ファイル " + files + " 個: " : files + " files: ";
  const std::string here = std::to_string(verdict.files - verdict.left_out);
  return is_japanese ? "ファイル " + files + " 個のうち " + here + " 個: "
                     : here + " of " + files + " files: ";
}

}  // namespace

std::string words_of(const Verdict& verdict, Language language) {
  const bool is_japanese = language == Language::japanese;
  std::string out;
  for (const Verdict::Found& found : verdict.faults)
    out.append(shown_name(found.file)).append(": ").append(told(found.fault).words.in(language)).append("\n");
  out.append(files_text(verdict, is_japanese));
  out.append((verdict.is_whole() ? kWhole : kBroken).in(language)).append("\n");
  const std::string time = signed_of(verdict), signer = signer_of(verdict);
  const std::string number = verdict.seal ? std::to_string(verdict.seal->number) : std::string();
  if (!number.empty()) out.append(is_japanese ? "番号 " : "number ").append(number).append("\n");
  if (!time.empty()) out.append(is_japanese ? "署名 " : "signed ").append(time).append("\n");
  if (!signer.empty()) out.append(is_japanese ? "鍵 " : "by the key ").append(signer).append("\n");
  if (!verdict.is_signer_expected) out.append(kNoSigner.in(language)).append("\n");
  return out;
}

std::string json_of(const Verdict& verdict) {
  std::vector<std::string> faults;
  for (const Verdict::Found& found : verdict.faults)
    faults.push_back(JsonObject().text("fault", told(found.fault).name).text("file", found.file).take());
  return JsonObject()
             .flag("whole", verdict.is_whole())
             .number("files", verdict.files)
             .number("left_out", verdict.left_out)
             .number("number", verdict.seal ? verdict.seal->number : 0)
             .text("signed", signed_of(verdict))
             .text("made", signed_of(verdict))
             .text("signer", signer_of(verdict))
             .flag("signer_expected", verdict.is_signer_expected)
             .raw("faults", json_list(faults))
             .take() +
         "\n";
}

}  // namespace gw::evidence
