#include "enrol/patience.h"

#include <algorithm>

namespace gw::enrol {

std::chrono::seconds Patience::left(const model::IpAddress& source, Instant now) const {
  const auto found = by_source_.find(source);
  if (found == by_source_.end() || found->second.until <= now) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(found->second.until - now);
}

void Patience::was_wrong(const model::IpAddress& source, Instant now) {
  if (!by_source_.contains(source)) make_room();
  Wait& wait = by_source_[source];
  wait.span = std::clamp(2 * wait.span, kFirst, kLongest);
  wait.until = now + wait.span;
}

void Patience::make_room() {
  if (by_source_.size() < kMost) return;
  by_source_.erase(std::min_element(by_source_.begin(), by_source_.end(), [](const auto& a, const auto& b) {
    return a.second.until < b.second.until;
  }));
}

}  // namespace gw::enrol
