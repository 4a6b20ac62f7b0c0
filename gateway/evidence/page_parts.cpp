#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/shown.h"

namespace gw::evidence {
namespace {

constexpr std::string_view kNoJudgement =
    "この書面は、装置が自ら観測したことと、設計・設定によることを、分けて示すものです。法令・ガイドラインへの"
    "適合を判定するものではありません"
    "。判断は医療機関の責任者が行います。";
constexpr std::string_view kClockWrong =
    "作成したとき、装置の時刻は合っていませんでした。書かれている日時は正しくないことがあります。";

}  // namespace

std::string place_of(packs::FactId fact) { return "facts.html#" + std::string(packs::fact(fact).name); }

std::string mark(State state) {
  return text_tag("span class=\"mark " + std::string(to_string(state)) + "\"", shown(state));
}

std::string marks(const Document& document, const packs::Row& row) {
  std::string out = row.answers.empty() ? std::string() : tag("div", mark(state_of(document, row)));
  if (!row.blanks.empty()) out += tag("div", text_tag("span class=\"mark to_fill\"", shown_to_fill(row)));
  return out;
}

std::string head_row(std::string_view name, std::string_view value) {
  return tag("tr", text_tag("th scope=\"row\"", name) + tag("td", breakable(value)));
}

std::string head_rows(const Document& document) {
  return head_row("施設", document.site) + head_row("作成日時", shown_time(document.made)) +
         head_row("番号", std::to_string(document.number)) + head_row("作成を求めた者", document.by) +
         head_row("装置", "ソフトウェア " + document.software + "、設定の世代 " +
                              std::to_string(document.generation));
}

std::string foot_of(const Document& document) {
  return document.site + "  作成 " + shown_time(document.made) + "  番号 " + std::to_string(document.number);
}

std::vector<std::string> notices_of(const Document& document) {
  std::vector<std::string> out = {std::string(kNoJudgement)};
  if (!document.is_clock_right) out.emplace_back(kClockWrong);
  return out;
}

std::string notices(const Document& document) {
  std::string out;
  for (const std::string& notice : notices_of(document))
    out += text_tag(out.empty() ? "p" : "p class=\"notice\"", notice);
  return out;
}

}  // namespace gw::evidence
