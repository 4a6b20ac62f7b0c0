#include "http2/frame_budget.h"

#include <algorithm>

namespace gw::http2 {
namespace {

constexpr int kASecond = 100;
/// Two WINDOW_UPDATE frames answer one of DATA, and one costs its own price.
constexpr int kEarned = 3;

/// By type: DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE,
/// CONTINUATION. A stream that is opened and reset costs its session and a dial (CVE-2023-44487).
constexpr int kPrices[] = {1, 2, 1, 10, 5, 10, 5, 5, 1, 10};
constexpr int kPriceOfOthers = 1;

}  // namespace

void FrameBudget::spend(std::uint8_t type) {
  left_ -= type < std::size(kPrices) ? kPrices[type] : kPriceOfOthers;
  if (left_ < 0) is_spent_ = true;
}

void FrameBudget::earn() { left_ = std::min(left_ + kEarned, kMost); }

void FrameBudget::refill(Instant now) {
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now - refilled_).count();
  if (seconds <= 0) return;
  left_ = static_cast<int>(std::min<std::int64_t>(left_ + seconds * kASecond, kMost));
  refilled_ = now;
}

}  // namespace gw::http2
