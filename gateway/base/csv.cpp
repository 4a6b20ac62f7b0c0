#include "base/csv.h"

#include <algorithm>

namespace gw {
namespace {

/// Would a spreadsheet compute it? The full-width signs are as good as the others in Japan.
bool is_formula(std::string_view text) {
  constexpr std::string_view kSigns[] = {
      "=", "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  return std::ranges::any_of(kSigns, [&](std::string_view sign) { return text.starts_with(sign); });
}

std::string cell(std::string_view text) {
  const bool is_plain = text.find_first_of(",\"\r\n\t' ") == std::string_view::npos && !is_formula(text);
  if (is_plain) return std::string(text);
  std::string out = is_formula(text) ? "\"'" : "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out.append(i == 0 ? "" : ",").append(cell(cells[i]));
  return out.append("\r\n");
}

}  // namespace gw
