#include "backup/timetable.h"

#include <algorithm>

#include "base/jst.h"

namespace gw::backup {
namespace {

/// The last quiet hour that has begun.
CivilTime slot_before(CivilTime now) {
  const auto day = std::chrono::floor<std::chrono::days>(now + kJst - kQuiet);
  return CivilTime(day) + kQuiet - kJst;
}

}  // namespace

std::chrono::minutes wait_after(std::uint32_t failures) {
  constexpr std::chrono::minutes kFirst{5}, kMost{240};
  constexpr std::uint32_t kDoublings = 6;
  if (failures == 0) return std::chrono::minutes(0);
  return std::min(kFirst * (1 << std::min(failures - 1, kDoublings)), kMost);
}

Due next_due(const History& history, CivilTime now) {
  const CivilTime slot = slot_before(now);
  const bool has_daily = history.last_daily >= slot && history.last_daily <= now;
  const bool waits = history.last_confirmed != CivilTime{} && history.last_confirmed <= now &&
                     (history.last < history.last_confirmed || history.last > now);
  Due due{has_daily ? slot + std::chrono::days(1) : slot, Kind::daily};
  if (waits && has_daily) due = {history.last_confirmed, Kind::confirmed};
  const bool has_failed = history.failures != 0 && history.last_failure <= now;
  if (has_failed) due.at = std::max(due.at, history.last_failure + wait_after(history.failures));
  return due;
}

}  // namespace gw::backup
