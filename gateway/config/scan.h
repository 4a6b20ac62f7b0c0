#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/problems.h"

namespace gw::config {

/// Looks at the bytes before any parser does: size, UTF-8, no control characters but line breaks and tabs.
/// The text without a byte order mark, or nothing.
std::optional<std::string_view> scan(std::string_view text, Problems& problems);
/// One line of UTF-8 without control characters.
bool is_clean_text(std::string_view text);

/// Where lines begin, to turn a byte's place into one a person can find.
class Lines {
 public:
  explicit Lines(std::string_view text);
  /// From a line and a byte column that count from zero.
  Position position(std::size_t line, std::size_t byte_column) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_{0};
};

}  // namespace gw::config
