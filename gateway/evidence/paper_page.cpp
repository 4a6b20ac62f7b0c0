#include "base/text.h"
#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/shown.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

std::string shown_grade(packs::Grade grade) {
  return std::string(packs::word_of(packs::kGrades, grade).shown.japanese);
}

std::string reason_of(const packs::Pack& pack) {
  return "根拠: " + pack.standing_says + " (" + shown_grade(pack.standing_grade) + ")";
}

std::string standing_of(const packs::Pack& pack) {
  return std::string(packs::word_of(packs::kStandings, pack.standing).shown.japanese) + "。" +
         reason_of(pack);
}

std::string warnings(const Judged& judged) {
  std::string out;
  for (const std::string& warning : warnings_of(judged)) out += text_tag("p class=\"notice\"", warning);
  return out;
}

std::string head(const Document& document, const Judged& judged) {
  const packs::Pack& pack = judged.pack;
  std::string rows = head_rows(document);
  rows += head_row("文書の版", edition_of(pack));
  rows += head_row("版の扱い", standing_of(pack));
  rows += head_row("原文の把握", shown_grade(pack.grade) + (pack.note.empty() ? "" : "。" + pack.note));
  rows += head_row("ルールパック",
                   name_of(judged) + "、" +
                       (judged.is_signed ? "装置の提供者の署名あり (鍵の指紋 " + to_hex(judged.signer) + ")"
                                         : std::string("装置の提供者の署名なし")) +
                       "、SHA-256 " + to_hex(judged.digest));
  rows += head_row("項目", shown_counts(document, pack));
  return tag("table class=\"head\"", tag("tbody", rows)) + "\n";
}

std::string said_by(const Document& document, packs::FactId fact) {
  const Finding& finding = finding_of(document, fact);
  std::string out;
  for (const Words& sentence : finding.says) out += text_tag("p", sentence.japanese);
  const packs::Fact& row = packs::fact(fact);
  return out +
         tag("p class=\"small\"", mark(finding.state) + " " + link_to(place_of(fact), row.label.japanese) +
                                      " " + text_tag("span class=\"one\"", row.control));
}

/// An item of more than these goes on to the next sheet of paper; half of one would stay empty otherwise.
constexpr std::size_t kManyAnswers = 3;

std::string row_of(const Document& document, const packs::Row& row) {
  std::string says;
  for (const packs::FactId fact : row.answers) says += said_by(document, fact);
  for (const packs::Blank& blank : row.blanks)
    says += text_tag("div class=\"blank small\"", shown_blank(blank));
  return tag(row.answers.size() > kManyAnswers ? "tr class=\"long\"" : "tr",
             tag("td class=\"id\"", breakable(row.id)) +
                 tag("td class=\"asks\"",
                     text_tag("div", row.heading) + text_tag("div class=\"small\"", row.asks) +
                         text_tag("div class=\"small\"", "把握: " + shown_grade(row.grade))) +
                 tag("td class=\"state\"", marks(document, row)) + tag("td class=\"says\"", says)) +
         "\n";
}

constexpr std::string_view kKey =
    "確認済み: 装置が観測し、あるべきとおりだった(観測したことだけにつける)。"
    "設計・設定による: 装置の作り、または設定がそうなっている。観測はしていない。"
    "未確認: 装置は観測していない。"
    "要確認: 装置が観測し、人が見る必要がある(例外、期限、失敗など)。"
    "項目の状態は、答えのうちこの順で最も後のものによる。"
    "記入待ち: 装置が知りえないことを書く欄の数。示した者が書き終えるまで、その項目は済んでいない。";

}  // namespace

std::string name_of(const Judged& judged) {
  return judged.pack.id + " 第" + std::to_string(judged.pack.version) + "版";
}

std::string edition_of(const packs::Pack& pack) {
  return pack.edition + "、" + (pack.date == "unknown" ? "日付は不明" : pack.date);
}

std::vector<std::string> warnings_of(const Judged& judged) {
  const packs::Pack& pack = judged.pack;
  std::vector<std::string> out;
  if (pack.standing == packs::Standing::superseded) out.push_back("この版は旧版です。" + reason_of(pack));
  if (pack.standing == packs::Standing::unknown)
    out.push_back("この版が現行のものかは分かっていません。" + reason_of(pack));
  if (!judged.is_signed) out.emplace_back("使ったルールパックには、装置の提供者の署名がありません。");
  return out;
}

std::string paper_page(const Document& document, const Judged& judged) {
  const packs::Pack& pack = judged.pack;
  std::string rows;
  for (const packs::Row& row : pack.rows) rows += row_of(document, row);
  const std::string body =
      text_tag("h1", pack.title) + "\n" + text_tag("p", "項目ごとに装置が示す事実と記入欄") +
      warnings(judged) + notices(document) + "\n" + head(document, judged) +
      text_tag("p class=\"small\"", kKey) +
      table("table class=\"paper\"", {"項目", "求められること", "状態", "装置が示す事実と記入欄"}, rows);
  const std::string foot = foot_of(document) + "\n" + name_of(judged) + "  SHA-256 " + to_hex(judged.digest);
  return page(pack.title + " – " + document.site, foot, body);
}

}  // namespace gw::evidence
