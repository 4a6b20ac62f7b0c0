#pragma once

#include <algorithm>

#include "base/clock.h"

namespace gw {

/// A clock whose civil time is never before what it was told: a clock set back makes no expired certificate
/// valid again (TIM-03). One thread.
class FlooredClock final : public Clock {
 public:
  /// `inner` outlives it.
  explicit FlooredClock(const Clock& inner) : inner_(inner) {}

  Instant now() const override { return inner_.now(); }
  CivilTime civil_now() const override { return std::max(inner_.civil_now(), floor_); }

  /// A floor never sinks.
  void not_before(CivilTime floor) { floor_ = std::max(floor_, floor); }

 private:
  const Clock& inner_;
  CivilTime floor_ = CivilTime::min();
};

}  // namespace gw
