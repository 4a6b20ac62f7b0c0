#pragma once

#include <cstdint>

#include "base/clock.h"

namespace gw::http2 {

/// How many frames a peer may send that move no octet of a tunnel. Each kind has its price, those that move
/// octets earn some, and time earns the rest; who spends more than there is floods (RFC 9113 10.5). Pure:
/// time is handed in.
class FrameBudget {
 public:
  /// What time has earned until now.
  void refill(Instant now);
  /// A frame of this type (RFC 9113 6) has begun.
  void spend(std::uint8_t type);
  /// A frame moved octets, this way or that.
  void earn();
  /// False: more was spent than there was, and that stays so.
  bool holds() const { return !is_spent_; }

 private:
  int left_ = kMost;
  bool is_spent_ = false;
  Instant refilled_{};

  static constexpr int kMost = 1'000;
};

}  // namespace gw::http2
