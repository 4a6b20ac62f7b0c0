#pragma once

#include <algorithm>
#include <cstdint>

#include "base/clock.h"

namespace gw::spool {

/// So many octets a second and no more, over any time, but for a first `most` at once: when a carrier's line
/// comes back, all boxes behind it have waited for it. One thread.
class Pace {
 public:
  Pace(std::uint64_t per_second, std::uint64_t most, Instant now)
      : per_second_(per_second), most_(most), left_(most), since_(now) {}

  /// Octets that may go now.
  std::uint64_t allowance(Instant now);
  /// They went.
  void spend(std::uint64_t octets) { left_ -= std::min(octets, left_); }

 private:
  std::uint64_t per_second_, most_, left_;
  Instant since_;  // up to when left_ was filled
};

}  // namespace gw::spool
