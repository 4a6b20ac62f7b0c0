#pragma once

#include <cstdint>

#include "base/clock.h"

namespace gw::supervisor {

/// How long a process that died stays down: 100 ms, doubling up to 10 s. Who lived for 10 s starts over.
class Backoff {
 public:
  void born(Instant now) { born_ = now; }
  /// When it may be started again.
  Instant died(Instant now);
  std::uint32_t deaths() const { return deaths_; }

 private:
  Instant born_{};
  std::chrono::milliseconds pause_{0};
  std::uint32_t deaths_ = 0;
};

}  // namespace gw::supervisor
