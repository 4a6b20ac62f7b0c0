#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gw::detect {

/// What is looked for (kinds.def).
enum class Kind : std::uint8_t {
#define GW_DETECTION(name, id, severity, subject, least, window, quiet, advice) name,
#include "detect/kinds.def"
#undef GW_DETECTION
};

/// Grave: somebody has to see to it now. Notable: somebody has to look at it today.
enum class Severity : std::uint8_t { notable, grave };
/// "notable", "grave".
std::string_view to_string(Severity severity);

/// Whose doing it is: an address's, a terminal's, or nobody's but the tenant's.
enum class Subject : std::uint8_t { source, terminal, tenant };

/// A row of the table.
struct Rule {
  Kind kind{};
  std::string_view id{};
  Severity severity{};
  Subject subject{};
  std::uint64_t least = 1;  ///< clues of one subject within the window
  std::chrono::seconds window{};
  std::chrono::minutes quiet{};  ///< without a clue, until it is over
  std::string_view advice{};
};

std::span<const Rule> rules();
const Rule& rule(Kind kind);
std::optional<Kind> parse_kind(std::string_view id);

}  // namespace gw::detect
