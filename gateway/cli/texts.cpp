#include "cli/texts.h"

namespace gw::cli {
namespace {

/// In the order of Language.
constexpr std::string_view kTexts[][2] = {
#define GW_TEXT(id, japanese, english) {english, japanese},
#include "cli/texts.def"
#undef GW_TEXT
};

/// The place "{0}" at the front of a text; -1 if there is none.
int place_at(std::string_view text) {
  const bool is_place =
      text.size() >= 3 && text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}';
  return is_place ? text[1] - '0' : -1;
}

}  // namespace

std::string said(Language language, Text text, std::initializer_list<std::string_view> values) {
  const std::string_view words = kTexts[static_cast<std::size_t>(text)][static_cast<std::size_t>(language)];
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    const int place = place_at(words.substr(i));
    if (place < 0) {
      out.push_back(words[i++]);
      continue;
    }
    if (static_cast<std::size_t>(place) < values.size()) out.append(values.begin()[place]);
    i += 3;
  }
  return out;
}

std::string said(Language language, Text text, std::uint64_t number) {
  return said(language, text, {std::to_string(number)});
}

}  // namespace gw::cli
