#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gw {

// Japan's civil time (TIM-01): always nine hours ahead of UTC, without summer time.
inline constexpr std::chrono::hours kJst{9};

/// The day in Japan on which it is, or was, so many seconds since 1970.
inline std::chrono::sys_days jst_day_of(std::chrono::seconds time) {
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(time + kJst));
}

/// RFC 3339 with +09:00, to the second: "2026-11-29T03:10:00+09:00". Years 1970 to 9999.
std::string to_jst_text(std::chrono::seconds time);
/// Of exactly that form; nothing if it is another, or no such moment.
std::optional<std::chrono::seconds> parse_jst_text(std::string_view text);
/// "2026-11-29".
std::string to_day_text(std::chrono::sys_days day);

}  // namespace gw
