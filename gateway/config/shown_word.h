#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/wording.h"
#include "config/problems.h"
#include "config/suggest.h"

namespace gw::config {

/// One of the few words that a value may be, and what people are shown in its place.
struct ShownWord {
  std::string_view value{};
  Wording shown{};
};

/// Which of them it is; nullptr if none.
inline const ShownWord* find_word(std::span<const ShownWord> words, std::string_view value) {
  const auto found = std::ranges::find(words, value, &ShownWord::value);
  return found == words.end() ? nullptr : &*found;
}

inline Error no_word_of(std::span<const ShownWord> words, std::string_view text) {
  std::vector<std::string_view> known;
  for (const ShownWord& word : words) known.push_back(word.value);
  return {ErrorCode::config_value_choice,
          in_quotes(text) + " is not one of " + listed(known) + did_you_mean(text, known)};
}

}  // namespace gw::config
