#include "proxy/whereabouts.h"

#include <algorithm>

namespace gw::proxy {

std::optional<model::IpAddress> Whereabouts::came(const Key& key, const model::IpAddress& from, Instant now) {
  AtWork& at_work = keys_[key];
  ++at_work.sessions[from];
  const auto other = std::find_if(at_work.sessions.begin(), at_work.sessions.end(), [&](const auto& one) {
    // One device may have an address of each family.
    return one.first != from && one.first.family() == from.family();
  });
  if (other == at_work.sessions.end() || (at_work.told && now - *at_work.told < kToldFor))
    return std::nullopt;
  at_work.told = now;
  return other->first;
}

void Whereabouts::left(const Key& key, const model::IpAddress& from) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return;
  const auto sessions = found->second.sessions.find(from);
  if (sessions == found->second.sessions.end()) return;
  if (--sessions->second == 0) found->second.sessions.erase(sessions);
  if (found->second.sessions.empty()) keys_.erase(found);
}

}  // namespace gw::proxy
