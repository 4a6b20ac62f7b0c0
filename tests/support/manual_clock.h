#pragma once

#include "base/clock.h"

namespace gw::support {

/// A clock that moves when a test says so.
class ManualClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  CivilTime civil_now() const override { return civil_; }

  void advance(std::chrono::nanoseconds by) {
    now_ += by;
    civil_ += std::chrono::duration_cast<std::chrono::microseconds>(by);
  }
  void set_civil(CivilTime when) { civil_ = when; }

 private:
  Instant now_{std::chrono::hours(1)};
  CivilTime civil_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)};
};

}  // namespace gw::support
