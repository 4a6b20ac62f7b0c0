#pragma once

#include <algorithm>

#include "base/clock.h"

namespace gw {

/// A clock whose civil time is never before what it was told, and goes on from there as time does: a clock
/// that is set back makes no expired certificate valid again, and one that stays there keeps none alive
/// (TIM-03). One thread.
class FlooredClock final : public Clock {
 public:
  /// `inner` outlives it.
  explicit FlooredClock(const Clock& inner) : inner_(inner) {}

  Instant now() const override { return inner_.now(); }
  CivilTime civil_now() const override {
    if (floor_ == CivilTime::min()) return inner_.civil_now();
    return std::max(inner_.civil_now(),
                    floor_ + std::chrono::duration_cast<CivilTime::duration>(inner_.now() - told_));
  }

  /// A later floor counts from now on, also where time has come further from the one before: it is of a clock
  /// that was right meanwhile. An earlier one changes nothing.
  void not_before(CivilTime floor) {
    if (floor <= floor_) return;
    floor_ = floor;
    told_ = inner_.now();
  }

 private:
  const Clock& inner_;
  CivilTime floor_ = CivilTime::min();
  Instant told_{};
};

}  // namespace gw
