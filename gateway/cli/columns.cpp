#include "cli/columns.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace gw::cli {
namespace {

struct Range {
  std::uint32_t first, last;
};
constexpr Range kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0xa4cf}, {0xac00, 0xd7a3},
                           {0xf900, 0xfaff},   {0xfe30, 0xfe6f},  {0xff00, 0xff60}, {0xffe0, 0xffe6},
                           {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

std::uint32_t code_point(std::string_view sequence) {
  constexpr std::uint32_t kFirstBits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  std::uint32_t out = static_cast<unsigned char>(sequence[0]) & kFirstBits[sequence.size()];
  for (const char c : sequence.substr(1)) out = out << 6 | (static_cast<unsigned char>(c) & 0x3f);
  return out;
}

bool is_wide(std::uint32_t point) {
  return std::any_of(std::begin(kWide), std::end(kWide),
                     [&](const Range& range) { return range.first <= point && point <= range.last; });
}

/// C0, C1 and DEL: also what begins a terminal's orders.
bool is_control(std::uint32_t point) { return point < 0x20 || (point >= 0x7f && point < 0xa0); }

std::string escaped(std::string_view octets) { return "\\x" + to_hex(as_bytes(octets)); }

/// What stands in each row at `column`, as wide as the widest; zero if there is nothing beneath the first.
std::size_t width_at(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  const bool is_empty =
      std::all_of(rows.begin() + 1, rows.end(), [&](const auto& row) { return row[column].empty(); });
  std::size_t out = 0;
  for (const auto& row : rows) out = std::max(out, is_empty ? 0 : width_of(row[column]));
  return out;
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    out += utf8_length(text) != 0 && is_wide(code_point(text.substr(0, length))) ? 2 : 1;
    text.remove_prefix(length);
  }
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t is = width_of(text);
  return out.append(is < width ? width - is : 0, ' ');
}

std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view one = text.substr(0, std::max<std::size_t>(length, 1));
    out += length == 0 || is_control(code_point(one)) ? escaped(one) : std::string(one);
    text.remove_prefix(one.size());
  }
  return out;
}

std::string table_of(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < rows.front().size(); ++column)
    widths.push_back(width_at(rows, column));
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column)
      if (widths[column] != 0) line += padded(row[column], widths[column]) + "  ";
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

}  // namespace gw::cli
