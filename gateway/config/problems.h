#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace gw::config {

/// A place in the configuration file; both count from one, columns in characters. Zero means the file as a
/// whole.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

/// A warning is read by the operator; the configuration is usable all the same.
enum class Severity : std::uint8_t { error, warning };

/// One thing wrong with a configuration. The text says what to do about it.
struct Problem {
  Position at{};
  ErrorCode code{};
  Severity severity{};
  std::string text{};
};

/// Collects what is wrong, so that one run names everything. Bounded: a hostile file cannot grow it.
class Problems {
 public:
  static constexpr std::size_t kMost = 100;

  void add(Position at, ErrorCode code, std::string text) {
    put({at, code, Severity::error, std::move(text)});
  }
  void warn(Position at, ErrorCode code, std::string text) {
    put({at, code, Severity::warning, std::move(text)});
  }

  std::size_t errors() const { return errors_; }
  /// Full: further problems are counted only, so nobody need word them with care.
  bool full() const { return kept_.size() >= kMost; }
  /// In the order of the file. When some were not kept, the last one tells how many.
  std::vector<Problem> take();

 private:
  void put(Problem problem);

  std::vector<Problem> kept_;
  std::size_t errors_ = 0;
  std::size_t unkept_ = 0;
};

/// "file:line:column: code: text", a line each.
std::string to_text(const std::vector<Problem>& problems, std::string_view file);
/// Foreign text for a message: in back-quotes, cut, without control characters.
std::string in_quotes(std::string_view text);

}  // namespace gw::config
