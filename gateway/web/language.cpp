#include "web/language.h"

#include <charconv>

#include "base/text.h"

namespace gw::web {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Thousandths; what cannot be read weighs nothing.
int weight_of(std::string_view parameters) {
  if (parameters.empty()) return 1000;
  const std::string_view given = trimmed(parameters);
  if (!given.starts_with("q=")) return 0;
  double weight = 0;
  const std::string_view digits = given.substr(2, 5);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
  return read.ec == std::errc() && weight >= 0 && weight <= 1 ? static_cast<int>(weight * 1000) : 0;
}

bool is_of(std::string_view range, std::string_view language) {
  return range == language || (range.starts_with(language) && range.substr(language.size()).starts_with('-'));
}

}  // namespace

Language preferred(std::string_view accept_language) {
  int japanese = 0, english = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = accept_language.find(',');
    const std::string_view item = accept_language.substr(0, comma);
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string range = to_lower(trimmed(item.substr(0, semicolon)));
    const int weight =
        weight_of(semicolon == std::string_view::npos ? std::string_view() : item.substr(semicolon + 1));
    if (is_of(range, "ja")) japanese = std::max(japanese, weight);
    if (is_of(range, "en")) english = std::max(english, weight);
  }
  return english > japanese ? Language::english : Language::japanese;
}

std::string_view tag_of(Language language) { return language == Language::japanese ? "ja" : "en"; }

}  // namespace gw::web
