#include "evidence/html.h"

#include <algorithm>

#include "base/text.h"
#include "evidence/style.h"

namespace gw::evidence {
namespace {

constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";
/// In a word that is longer than the first, a break may stand behind each part, and in a part that is longer
/// still behind so many characters.
constexpr std::size_t kLongWord = 20, kBreak = 8;
constexpr std::string_view kEndsPart = "-./_:,=";

/// Neither what XML has no room for nor what turns around the direction of the text beside it.
bool may_stand(std::string_view character) {
  constexpr std::string_view kRefused[] = {"\x7f",   "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                                           "\u2066", "\u2067", "\u2068", "\u2069", "\ufffe", "\uffff"};
  if (character.size() == 1 && static_cast<unsigned char>(character[0]) < 0x20)
    return character == "\n" || character == "\t";
  return std::ranges::find(kRefused, character) == std::end(kRefused);
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// The character at the front, as it may stand in markup; it is taken off.
std::string_view take_character(std::string_view& text) {
  const std::size_t length = utf8_length(text);
  const std::string_view character = text.substr(0, length);
  text.remove_prefix(length == 0 ? 1 : length);
  if (length == 0 || !may_stand(character)) return kNoCharacter;
  const std::string_view instead = length == 1 ? entity(character[0]) : std::string_view();
  return instead.empty() ? character : instead;
}

bool is_in_word(char c) { return c > ' ' && c <= '~'; }

std::size_t word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_in_word(text[length])) ++length;
  return length;
}

void add_long_word(std::size_t length, std::string_view& text, std::string& out) {
  while (length > 0) {
    const std::size_t end = text.substr(0, length).find_first_of(kEndsPart);
    const std::size_t part = end == std::string_view::npos ? length : end + 1;
    for (std::size_t i = 0; i < part; ++i) {
      if (part > kLongWord && i != 0 && i % kBreak == 0) out += "<wbr>";
      out.append(take_character(text));
    }
    length -= part;
    if (length > 0) out += "<wbr>";
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) out.append(take_character(text));
  return out;
}

std::string css_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text.front();
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
    const std::string_view character = take_character(text);
    if (is_plain || static_cast<unsigned char>(character[0]) >= 0x80)
      out += character;
    else
      out += "\\" + to_hex(as_bytes(std::string_view(&c, 1))) + " ";
  }
  return out + "\"";
}

std::string tag(std::string_view open, std::string_view content) {
  const std::string_view name = open.substr(0, open.find(' '));
  std::string out = "<";
  out.append(open).append(">").append(content).append("</").append(name).append(">");
  return out;
}

std::string text_tag(std::string_view open, std::string_view text) { return tag(open, escaped(text)); }

std::string breakable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = word_length(text);
    if (length > kLongWord)
      add_long_word(length, text, out);
    else
      for (std::size_t i = 0; i < std::max<std::size_t>(length, 1); ++i) out.append(take_character(text));
  }
  return out;
}

std::string link_to(std::string_view target, std::string_view text) {
  return text_tag("a href=\"" + escaped(target) + "\"", text);
}

std::string table(std::string_view open, const std::vector<std::string>& columns, std::string_view rows) {
  std::string head;
  for (const std::string& column : columns) head += text_tag("th scope=\"col\"", column);
  return tag(open, tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n";
}

std::string page(std::string_view title, std::string_view footer, std::string_view body) {
  const std::string font = "font: 7pt \"Noto Sans CJK JP\", sans-serif; ";
  const std::string on_paper =
      "@page { @bottom-left { " + font + "width: 85%; white-space: pre-wrap; content: " + css_string(footer) +
      "; } @bottom-right { " + font + "content: counter(page) \" / \" counter(pages); } }";
  std::string out = "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n";
  out +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width\">\n";
  out +=
      text_tag("title", title) + "\n" + tag("style", std::string(kStyle) + on_paper) + "\n</head>\n<body>\n";
  out.append(body);
  return out + text_tag("footer class=\"small\"", footer) + "\n</body>\n</html>\n";
}

}  // namespace gw::evidence
