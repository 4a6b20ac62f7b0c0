#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/shown.h"

namespace gw::evidence {
namespace {

/// Of more columns than these each is narrow.
constexpr std::size_t kManyColumns = 7;
/// As much stays on one line, if all columns hold no more.
constexpr std::size_t kShort = 12;

std::string table_of(const Table& found) {
  if (found.columns.empty()) return {};
  const bool is_wide = found.columns.size() > kManyColumns;
  std::vector<std::string> columns;
  for (const Words& column : found.columns) columns.push_back(column.japanese);
  std::string rows;
  for (const std::vector<std::string>& row : found.rows) {
    std::string cells;
    for (const std::string& cell : row)
      cells += tag(!is_wide && cell.size() <= kShort ? "td class=\"one\"" : "td", breakable(cell));
    rows += tag("tr", cells) + "\n";
  }
  std::string out = table(is_wide ? "table class=\"data wide\"" : "table class=\"data\"", columns, rows);
  if (found.left_out != 0) out += text_tag("p", "ほかに " + std::to_string(found.left_out) + " 行あります。");
  return out;
}

std::string sources_of(const std::vector<Source>& sources) {
  std::string out;
  for (const Source& source : sources)
    out += (out.empty() ? "出典: " : "、") + source.what.japanese + " " + source.which;
  return out.empty() ? out : tag("p class=\"small\"", breakable(out));
}

std::string whole(const Document& document, packs::FactId fact) {
  const Finding& finding = finding_of(document, fact);
  const packs::Fact& row = packs::fact(fact);
  std::string out = text_tag("h2", row.label.japanese);
  out += tag("p class=\"small\"", mark(finding.state) + " " + escaped(row.control) + " " + escaped(row.name));
  for (const Words& sentence : finding.says) out += text_tag("p", sentence.japanese);
  if (fact == packs::FactId::network_diagram) out += document.diagram;
  out += table_of(finding.table) + sources_of(finding.sources);
  return tag("section class=\"finding\" id=\"" + escaped(row.name) + "\"", out) + "\n";
}

std::string page_of(const Document& document, std::string_view title, std::span<const packs::FactId> facts) {
  std::string body = text_tag("h1", title) + "\n" + notices(document) + "\n" +
                     tag("table class=\"head\"", tag("tbody", head_rows(document))) + "\n";
  for (const packs::FactId fact : facts) body += whole(document, fact);
  return page(std::string(title) + " – " + document.site, foot_of(document), body);
}

}  // namespace

std::string facts_page(const Document& document) {
  std::vector<packs::FactId> all;
  for (const packs::Fact& fact : packs::facts()) all.push_back(fact.id);
  return page_of(document, "装置が示す事実の一覧", all);
}

std::string sheet_page(const Document& document, const Sheet& sheet) {
  return page_of(document, sheet.title.japanese, sheet.facts);
}

}  // namespace gw::evidence
