#include "web/rates.h"

#include <algorithm>

namespace gw::web {

bool Rates::admits(const model::IpAddress& source, Instant now) {
  if (!by_source_.contains(source)) {
    make_room();
    by_source_.emplace(source, Bucket{now, rate_.at_once});
  }
  Bucket& bucket = by_source_[source];
  const auto for_one = std::chrono::nanoseconds(std::chrono::seconds(1)) / rate_.each_second;
  const auto earned = (now - bucket.at) / for_one;
  if (earned > 0) {
    bucket.left = static_cast<std::uint32_t>(std::min<std::int64_t>(rate_.at_once, bucket.left + earned));
    bucket.at = bucket.left == rate_.at_once ? now : bucket.at + earned * for_one;
  }
  if (bucket.left == 0) return false;
  --bucket.left;
  return true;
}

void Rates::make_room() {
  if (by_source_.size() < kMost) return;
  by_source_.erase(
      std::ranges::min_element(by_source_, {}, [](const auto& entry) { return entry.second.at; }));
}

}  // namespace gw::web
