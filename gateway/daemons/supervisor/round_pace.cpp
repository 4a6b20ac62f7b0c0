#include "round_pace.h"

#include <algorithm>

namespace gw::supervisor {
namespace {

std::chrono::milliseconds between(std::chrono::milliseconds low, std::chrono::milliseconds high,
                                  std::uint64_t chance) {
  const auto width = static_cast<std::uint64_t>(std::max<std::int64_t>((high - low).count(), 0)) + 1;
  return low + std::chrono::milliseconds(static_cast<std::int64_t>(chance % width));
}

}  // namespace

std::chrono::milliseconds RoundPace::after(bool went_well, std::chrono::milliseconds usual,
                                           std::uint64_t chance) {
  if (went_well) {
    last_ = std::chrono::milliseconds(0);
    return between(usual - usual / 10, usual + usual / 10, chance);
  }
  last_ = std::min(between(usual, std::max(usual, 3 * last_), chance), std::max(usual, kLongest));
  return last_;
}

}  // namespace gw::supervisor
