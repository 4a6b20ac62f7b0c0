#include "recurrence.h"

#include <algorithm>

namespace gw::supervisor {

void Recurrence::add(Instant at) {
  while (!times_.empty() && at - times_.front() >= kLately) times_.pop_front();
  times_.push_back(at);
}

std::uint32_t Recurrence::lately(Instant now) const {
  const auto is_old = [now](Instant at) { return now - at >= kLately; };
  return static_cast<std::uint32_t>(times_.end() - std::ranges::partition_point(times_, is_old));
}

}  // namespace gw::supervisor
