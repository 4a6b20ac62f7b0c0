#include "spool/pace.h"

namespace gw::spool {

std::uint64_t Pace::allowance(Instant now) {
  using std::chrono::nanoseconds;
  constexpr std::uint64_t kSecond = 1'000'000'000;
  const auto passed = static_cast<std::uint64_t>(std::max(now - since_, nanoseconds::zero()).count());
  if (passed / kSecond > most_ / per_second_) {
    left_ = most_;
    since_ = now;
    return left_;
  }
  const std::uint64_t earned = passed * per_second_ / kSecond;
  // Only the time that it took to earn them is used up, so that nothing is lost to rounding.
  since_ += nanoseconds((earned * kSecond + per_second_ - 1) / per_second_);
  left_ = std::min(most_, left_ + earned);
  return left_;
}

}  // namespace gw::spool
