#pragma once

#include <cstdint>
#include <deque>

#include "base/clock.h"

namespace gw::supervisor {

/// How often something came of late, and not since the start: what comes once a week is another thing than
/// what comes each second. Takes room for each time within kLately.
class Recurrence {
 public:
  static constexpr std::chrono::minutes kLately{5};

  /// `at` only grows.
  void add(Instant at);
  std::uint32_t lately(Instant now) const;

 private:
  std::deque<Instant> times_;
};

}  // namespace gw::supervisor
