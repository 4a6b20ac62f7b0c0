#include "config/scan.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "config/node.h"

namespace gw::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// The first byte that is not the text it should be, or the size.
std::size_t first_foreign(std::string_view text, bool one_line) {
  std::size_t at = 0;
  while (at < text.size()) {
    const bool layout = !one_line && (text[at] == '\n' || text[at] == '\r' || text[at] == '\t');
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0 || (is_control(text[at]) && !layout)) return at;
    at += length;
  }
  return text.size();
}

}  // namespace

std::optional<std::string_view> scan(std::string_view text, Problems& problems) {
  if (text.size() > kMaxSource) {
    problems.add({}, ErrorCode::config_too_large,
                 "the file is larger than 1 MiB; split the site into several boxes");
    return std::nullopt;
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t foreign = first_foreign(text, false);
  if (foreign == text.size()) return text;
  const auto line_start = text.substr(0, foreign).rfind('\n');
  const std::size_t start = line_start == std::string_view::npos ? 0 : line_start + 1;
  const auto line = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
  problems.add(Lines(text).position(line, foreign - start), ErrorCode::config_syntax,
               "a byte here is no UTF-8 text; save the file as plain UTF-8");
  return std::nullopt;
}

bool is_clean_text(std::string_view text) { return first_foreign(text, true) == text.size(); }

Lines::Lines(std::string_view text) : text_(text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\n') starts_.push_back(at + 1);
}

Position Lines::position(std::size_t line, std::size_t byte_column) const {
  line = std::min(line, starts_.size() - 1);
  const std::string_view before = text_.substr(starts_[line], byte_column);
  const auto characters = std::count_if(
      before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(characters + 1)};
}

}  // namespace gw::config
