#include <algorithm>

#include "base/csv.h"
#include "base/text.h"
#include "evidence/pages.h"
#include "evidence/shown.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

using Cells = std::vector<std::string>;

/// One under the other, in one cell.
std::string stacked(const Cells& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : "\n").append(text);
  return out;
}

Cells cells_of(const Document& document, const packs::Row& row) {
  Cells says, facts, blanks, state;
  for (const packs::FactId answer : row.answers) {
    for (const Words& sentence : finding_of(document, answer).says) says.push_back(sentence.japanese);
    facts.emplace_back(packs::fact(answer).name);
  }
  for (const packs::Blank& blank : row.blanks) blanks.push_back(shown_blank(blank));
  if (!row.answers.empty()) state.emplace_back(shown(state_of(document, row)));
  if (!row.blanks.empty()) state.push_back(shown_to_fill(row));
  return {row.id,
          row.heading,
          row.asks,
          std::string(packs::word_of(packs::kGrades, row.grade).shown.japanese),
          stacked(row.controls),
          stacked(state),
          stacked(says),
          stacked(facts),
          stacked(blanks)};
}

/// Whose it is and of when, and what has to be known of it.
std::string head_of(const Document& document, std::string_view title) {
  std::string out(kCsvMark);
  out += csv_line({"表", std::string(title)}) + csv_line({"施設", document.site}) +
         csv_line({"番号", std::to_string(document.number)}) +
         csv_line({"作成日時", shown_time(document.made)}) +
         csv_line({"設定の世代", std::to_string(document.generation)});
  for (const std::string& notice : notices_of(document)) out += csv_line({"注意", notice});
  return out;
}

/// Of every finding: so many cells in front, and at most so many behind.
constexpr std::size_t kFront = 5;
std::size_t most_columns(const Document& document) {
  std::size_t most = 2;  // a source has two
  for (const Finding& finding : document.findings) most = std::max(most, finding.table.columns.size());
  return most;
}

class FactRows {
 public:
  explicit FactRows(const Document& document) : width_(kFront + most_columns(document)) {
    Cells head = {"事実", "管理策", "名称", "状態", "種類"};
    for (std::size_t i = kFront; i < width_; ++i) head.push_back("内容" + std::to_string(i - kFront + 1));
    out_ = head_of(document, "装置が示す事実の一覧") + csv_line({}) + csv_line(head);
    for (const Finding& finding : document.findings) add(finding);
  }
  std::string take() { return std::move(out_); }

 private:
  void add(const Finding& finding) {
    for (const Words& sentence : finding.says) add(finding, "文", {sentence.japanese});
    Cells columns;
    for (const Words& column : finding.table.columns) columns.push_back(column.japanese);
    if (!columns.empty()) add(finding, "見出し", columns);
    for (const Cells& row : finding.table.rows) add(finding, "行", row);
    if (finding.table.left_out != 0) add(finding, "省いた行数", {std::to_string(finding.table.left_out)});
    for (const Source& source : finding.sources) add(finding, "出典", {source.what.japanese, source.which});
  }
  void add(const Finding& finding, std::string_view kind, const Cells& content) {
    const packs::Fact& fact = packs::fact(finding.fact);
    Cells cells = {std::string(fact.name), std::string(fact.control), std::string(fact.label.japanese),
                   std::string(shown(finding.state)), std::string(kind)};
    cells.insert(cells.end(), content.begin(), content.end());
    cells.resize(width_);
    out_ += csv_line(cells);
  }

  std::size_t width_;
  std::string out_{};
};

}  // namespace

std::string paper_csv(const Document& document, const Judged& judged) {
  const packs::Pack& pack = judged.pack;
  std::string out =
      head_of(document, pack.title) + csv_line({"文書の版", edition_of(pack)}) +
      csv_line({"ルールパック", name_of(judged), "SHA-256", to_hex(judged.digest)}) +
      (judged.is_signed ? csv_line({"ルールパックの署名", to_hex(judged.signer)}) : std::string()) +
      csv_line({"項目", shown_counts(document, pack)});
  for (const std::string& warning : warnings_of(judged)) out += csv_line({"注意", warning});
  out += csv_line({});
  out += csv_line({"項目", "見出し", "求められること", "原文の把握", "管理策", "状態", "装置が示す事実",
                   "事実の名前", "記入欄"});
  for (const packs::Row& row : pack.rows) out += csv_line(cells_of(document, row));
  return out;
}

std::string facts_csv(const Document& document) { return FactRows(document).take(); }

}  // namespace gw::evidence
