#pragma once

#include <optional>
#include <string_view>

namespace gw {

/// A text that is taken apart line by line, each of which begins with a word that says what it is.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  /// The rest of the next line behind `word`, which ends in a blank or is the whole line. Nothing, and it
  /// stays, if the next line is another.
  std::optional<std::string_view> take(std::string_view word) {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos || !rest_.substr(0, end).starts_with(word)) return std::nullopt;
    const std::string_view value = rest_.substr(word.size(), end - word.size());
    rest_.remove_prefix(end + 1);
    return value;
  }
  bool is_at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// Takes what stands before the first blank off the front.
inline std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size() == text.size() ? word.size() : word.size() + 1);
  return word;
}

}  // namespace gw
