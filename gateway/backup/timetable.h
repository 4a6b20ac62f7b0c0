#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "backup/head.h"
#include "base/clock.h"

namespace gw::backup {

/// What is known of the backups there were; zero means never.
struct History {
  CivilTime last_daily{};      ///< the last one of that kind that was made
  CivilTime last{};            ///< the last one of any kind
  CivilTime last_confirmed{};  ///< when a change was confirmed last
  std::uint32_t failures = 0;  ///< since the last one that was made
  CivilTime last_failure{};
};

struct Due {
  CivilTime at{};  ///< a moment that has passed: now
  Kind kind{};
};

/// When a day's backup is made: a quiet hour in Japan.
inline constexpr std::chrono::minutes kQuiet = std::chrono::hours(3) + std::chrono::minutes(10);

/// How long after so many failures in a row it is tried again: 5, 10, 20 minutes and so on up to four hours.
std::chrono::minutes wait_after(std::uint32_t failures);

/// When the next backup is to be made, and why (BAK-01): one for each day, at 03:10 in Japan or as soon as
/// the box runs again; one behind each confirmed change. A clock that was ahead and was put right holds
/// nothing up.
Due next_due(const History& history, CivilTime now);

}  // namespace gw::backup
