#include "accounts/typed.h"

#include <algorithm>

#include "base/text.h"

namespace gw::accounts {
namespace {

/// Of a well-formed sequence.
char32_t code_point(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence.front());
  if (sequence.size() == 1) return first;
  char32_t value = first & (0x7fu >> sequence.size());
  for (const char c : sequence.substr(1)) value = value << 6 | (static_cast<unsigned char>(c) & 0x3fu);
  return value;
}

struct Range {
  char32_t first, last;
};
constexpr Range kNothing[] = {
    {' ', ' '},       {'\t', '\r'},     {'-', '-'}, {0x00a0, 0x00a0},  // blank that does not break
    {0x2000, 0x200b},                                                  // blanks of all widths
    {0x2010, 0x2015},                                                  // hyphens and dashes
    {0x2212, 0x2212},                                                  // minus
    {0x3000, 0x3000},                                                  // the blank of a Japanese keyboard
    {0x30fc, 0x30fc},                                                  // and what its hyphen key writes
    {0xfeff, 0xfeff},                                                  // left over from a text file
    {0xff0d, 0xff0d}, {0xff70, 0xff70},
};

bool counts_for_nothing(char32_t c) {
  return std::ranges::any_of(kNothing, [c](Range range) { return c >= range.first && c <= range.last; });
}

/// Octets of the character at the front; zero if it cannot be shown.
std::size_t shown_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  return first < ' ' || first == 0x7f ? 0 : utf8_length(text);
}

}  // namespace

bool is_line(std::string_view text, std::size_t most) {
  if (text.size() > most) return false;
  while (!text.empty()) {
    const std::size_t length = shown_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = shown_length(text);
    const std::string_view next = length == 0 ? "?" : text.substr(0, length);
    if (out.size() + next.size() > most) break;
    out += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::optional<std::string> tidy(std::string_view typed) {
  constexpr char32_t kFullWidth = 0xff01, kFullWidthEnd = 0xff5e, kPlain = 0x21;
  if (typed.size() > kMostTyped) return std::nullopt;
  std::string out;
  while (!typed.empty()) {
    const std::size_t length = utf8_length(typed);
    if (length == 0) return std::nullopt;
    const std::string_view sequence = typed.substr(0, length);
    typed.remove_prefix(length);
    const char32_t c = code_point(sequence);
    if (counts_for_nothing(c)) continue;
    if (c >= kFullWidth && c <= kFullWidthEnd)
      out += static_cast<char>(c - kFullWidth + kPlain);
    else
      out += sequence;
  }
  return to_lower(out);
}

std::optional<std::string> tidy_digits(std::string_view typed) {
  constexpr std::size_t kDigits = 6;
  std::optional<std::string> text = tidy(typed);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!text || text->size() != kDigits || !std::ranges::all_of(*text, is_digit)) return std::nullopt;
  return text;
}

}  // namespace gw::accounts
