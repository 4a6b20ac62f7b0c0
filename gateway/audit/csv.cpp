#include "audit/csv.h"

#include <algorithm>
#include <array>
#include <vector>

#include "audit/line_members.h"
#include "base/csv.h"
#include "base/event.h"

namespace gw::audit {
namespace {

/// Of every record, in front of the fields; the second is the third as spreadsheets know it.
constexpr std::string_view kFront[] = {"number", "time_jst", "ts",      "clock_state",
                                       "level",  "event",    "process", "tenant"};
constexpr std::string_view kBack[] = {"msg", "other"};
constexpr std::size_t kTimeColumn = 1, kStampColumn = 2;

const std::vector<std::string_view>& columns() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out(std::begin(kFront), std::end(kFront));
    for (std::size_t field = 0; field <= static_cast<std::size_t>(last_field()); ++field)
      out.push_back(key_of(static_cast<Field>(field)));
    out.insert(out.end(), std::begin(kBack), std::end(kBack));
    return out;
  }();
  return names;
}

/// More than one of a name stand side by side.
void put(std::string& into, std::string_view value) {
  if (!into.empty()) into += "; ";
  into += value;
}

/// False: it is no line of ours.
bool read_line(std::string_view line, std::vector<std::string>& cells) {
  const auto members = members_of(line);
  if (!members) return false;
  const auto& names = columns();
  for (const LineMember& member : *members) {
    const auto found = std::ranges::find(names, member.name);
    const bool is_known =
        found != names.end() && member.name != kBack[1] && member.name != kFront[kTimeColumn];
    put(is_known ? cells[static_cast<std::size_t>(found - names.begin())] : cells.back(),
        is_known ? member.value : member.name + "=" + member.value);
  }
  return true;
}

/// "2026-11-29T09:30:00.123456+09:00" as "2026-11-29 09:30:00".
std::string plain_time(std::string_view stamp) {
  std::string out(stamp.substr(0, 19));
  if (out.size() == 19) out[10] = ' ';
  return out;
}

}  // namespace

std::string csv_head() {
  const auto& names = columns();
  return std::string(kCsvMark) + csv_line({names.begin(), names.end()});
}

std::string csv_row(std::string_view line) {
  std::vector<std::string> cells(columns().size());
  if (!read_line(line, cells)) {
    cells.assign(columns().size(), {});
    cells.back() = line;
  }
  cells[kTimeColumn] = plain_time(cells[kStampColumn]);
  return csv_line(cells);
}

}  // namespace gw::audit
