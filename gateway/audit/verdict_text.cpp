#include "audit/verdict_text.h"

#include <array>
#include <initializer_list>

#include "base/text.h"

namespace gw::audit {
namespace {

/// A sentence in each language; `#` stands for a number.
using Sentence = std::array<std::string_view, 2>;

/// In the order of Flaw::Kind.
constexpr Sentence kFlaws[] = {
    {"the file does not begin as an export of records does",
     "ファイルの先頭が記録の書き出しになっていません"},
    {"line # of the file is no record", "ファイルの # 行目は記録ではありません"},
    {"record # is missing", "記録 # がありません"},
    {"record # was changed", "記録 # は書き換えられています"},
    {"record # stands in another place than it was written", "記録 # は書かれた場所と違う場所にあります"},
    {"there is more than one record #", "記録 # が二つ以上あります"},
    {"the checkpoint of record # was signed by somebody else", "記録 # の署名は別の鍵によるものです"},
    {"the signature of the checkpoint of record # is wrong", "記録 # の署名が正しくありません"},
    {"record # cannot be proved: the one before it is missing",
     "記録 # は確かめられません。一つ前の記録がありません"},
    {"nothing is signed, up to record #", "記録 # まで、署名が一つもありません"},
    {"record #, or one before it, was written anew: it is not what was signed",
     "記録 # またはそれより前の記録が書き直されています。署名されたものと違います"},
    {"it begins with record #, and nothing in it says what became of those before",
     "記録 # から始まっていますが、それより前の記録がどうなったかの控えがありません"},
};
constexpr Sentence kNone = {"there are no records", "記録がありません"};
constexpr Sentence kWhole = {"# records, from # to #: intact",
                             "記録 # 件、# から # まで: 改ざんはありません"};
constexpr Sentence kChained = {"# records, from # to #: chained without a flaw, AND NOBODY JUDGED WHOSE THEY ARE",
                               "記録 # 件、# から # まで: 連鎖に誤りはありません。【注意】誰の署名かは確かめていません"};
constexpr Sentence kNobody = {"whoever changes records can chain and sign them anew; give --signer, the key's "
                              "fingerprint as you know it from elsewhere",
                              "記録を変えた人は、連鎖と署名を作り直せます。別の経路で得た鍵の指紋を --signer "
                              "で示してください"};
constexpr Sentence kBroken = {"# records, from # to #: NOT INTACT",
                              "記録 # 件、# から # まで: 【異常】そのままの記録ではありません"};
constexpr Sentence kUnsigned = {"none is signed", "署名された記録はありません"};
constexpr Sentence kSigned = {"signed up to record #, by the key ", "記録 # まで署名済み。鍵は "};

std::string said(const Sentence& sentence, Language language,
                 std::initializer_list<std::uint64_t> numbers = {}) {
  std::string_view words = sentence[static_cast<std::size_t>(language)];
  std::string out;
  for (const std::uint64_t number : numbers) {
    const std::size_t place = words.find('#');
    if (place == std::string_view::npos) break;
    out.append(words.substr(0, place)).append(std::to_string(number));
    words.remove_prefix(place + 1);
  }
  return out.append(words);
}

const Sentence& headline_of(const Verdict& verdict) {
  if (!verdict.is_intact()) return kBroken;
  return verdict.is_signer_expected ? kWhole : kChained;
}

std::string flaws_as_json(const std::vector<Flaw>& flaws) {
  std::string out = "[";
  for (const Flaw& flaw : flaws) {
    if (out.size() > 1) out += ",";
    out += "{\"kind\":\"" + std::string(to_string(flaw.kind)) +
           "\",\"number\":" + std::to_string(flaw.number) + "}";
  }
  return out + "]";
}

}  // namespace

std::string words_of(const Verdict& verdict, Language language) {
  std::string out;
  for (const Flaw& flaw : verdict.flaws)
    out += said(kFlaws[static_cast<std::size_t>(flaw.kind)], language, {flaw.number}) + "\n";
  if (verdict.records == 0) return out + said(kNone, language) + "\n";
  out += said(headline_of(verdict), language, {verdict.records, verdict.first, verdict.last}) + "\n";
  out += verdict.signer ? said(kSigned, language, {verdict.last_signed}) + to_hex(*verdict.signer) + "\n"
                        : said(kUnsigned, language) + "\n";
  return verdict.is_signer_expected ? out : out + said(kNobody, language) + "\n";
}

std::string json_of(const Verdict& verdict) {
  return std::string("{\"intact\":") + (verdict.is_intact() ? "true" : "false") +
         ",\"records\":" + std::to_string(verdict.records) + ",\"first\":" + std::to_string(verdict.first) +
         ",\"last\":" + std::to_string(verdict.last) +
         ",\"checkpoints\":" + std::to_string(verdict.checkpoints) +
         ",\"last_signed\":" + std::to_string(verdict.last_signed) + ",\"signer\":\"" +
         (verdict.signer ? to_hex(*verdict.signer) : "") + "\",\"signer_expected\":" +
         (verdict.is_signer_expected ? "true" : "false") + ",\"flaws\":" + flaws_as_json(verdict.flaws) +
         "}\n";
}

}  // namespace gw::audit
