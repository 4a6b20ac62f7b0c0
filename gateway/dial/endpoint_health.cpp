#include "dial/endpoint_health.h"

#include <algorithm>
#include <utility>

namespace gw::dial {

std::vector<model::Endpoint> EndpointHealth::order(const std::vector<model::Endpoint>& preference,
                                                   Instant now) {
  if (ailing_.empty()) return preference;
  std::vector<model::Endpoint> hopeful;
  std::vector<std::pair<Instant, model::Endpoint>> paused;
  for (const model::Endpoint& endpoint : preference) {
    const auto it = ailing_.find(endpoint);
    if (it != ailing_.end() && now < it->second.retry_at) {
      paused.emplace_back(it->second.retry_at, endpoint);
      continue;
    }
    if (it != ailing_.end()) it->second.retry_at = now + it->second.pause;
    hopeful.push_back(endpoint);
  }
  std::stable_sort(paused.begin(), paused.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [retry_at, endpoint] : paused) hopeful.push_back(endpoint);
  return hopeful;
}

bool EndpointHealth::failed(const model::Endpoint& endpoint, Instant now) {
  if (ailing_.size() >= kMaxRemembered && !ailing_.contains(endpoint)) make_room();
  const auto [it, fresh] = ailing_.try_emplace(endpoint);
  Ailment& ailment = it->second;
  if (!fresh) ailment.pause = std::min(2 * ailment.pause, kLongestPause);
  ailment.retry_at = now + ailment.pause;
  return fresh;
}

void EndpointHealth::make_room() {
  const auto oldest = std::min_element(ailing_.begin(), ailing_.end(), [](const auto& a, const auto& b) {
    return a.second.retry_at < b.second.retry_at;
  });
  ailing_.erase(oldest);
}

}  // namespace gw::dial
