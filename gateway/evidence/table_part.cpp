#include <algorithm>

#include "evidence/html.h"
#include "evidence/pages.h"

namespace gw::evidence {
namespace {

/// Of more columns than these each is narrow.
constexpr std::size_t kManyColumns = 7;
/// As much stays on one line, if all columns hold no more.
constexpr std::size_t kShort = 18;

/// Nobody but whoever is given the paper has anything to say there.
bool is_to_write_into(const Table& found, std::size_t column) {
  return std::ranges::all_of(found.rows, [&](const auto& row) { return row[column].empty(); });
}

}  // namespace

std::string table_of(const Table& found) {
  if (found.columns.empty() || found.rows.empty()) return {};  // a head over nothing looks cut off
  const bool is_wide = found.columns.size() > kManyColumns;
  std::vector<std::string> columns;
  for (const Words& column : found.columns) columns.push_back(column.japanese);
  std::vector<bool> rooms;
  for (std::size_t i = 0; i < found.columns.size(); ++i) rooms.push_back(is_to_write_into(found, i));
  std::string rows;
  for (const std::vector<std::string>& row : found.rows) {
    std::string cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool is_short = !is_wide && row[i].size() <= kShort;
      cells += tag(rooms[i] ? "td class=\"room\"" : is_short ? "td class=\"one\"" : "td", breakable(row[i]));
    }
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
