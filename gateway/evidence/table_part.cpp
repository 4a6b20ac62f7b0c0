#include "evidence/html.h"
#include "evidence/pages.h"

namespace gw::evidence {
namespace {

/// Of more columns than these each is narrow.
constexpr std::size_t kManyColumns = 7;
/// As much stays on one line, if all columns hold no more.
constexpr std::size_t kShort = 12;

}  // namespace

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

}  // namespace gw::evidence
