#include "backoff.h"

#include <algorithm>

namespace gw::supervisor {
namespace {

constexpr std::chrono::milliseconds kFirst{100};
constexpr std::chrono::milliseconds kLongest{10'000};
constexpr std::chrono::seconds kGoodLife{10};

}  // namespace

Instant Backoff::died(Instant now) {
  ++deaths_;
  const bool starts_over = pause_.count() == 0 || now - born_ >= kGoodLife;
  pause_ = starts_over ? kFirst : std::min(2 * pause_, kLongest);
  return now + pause_;
}

}  // namespace gw::supervisor
