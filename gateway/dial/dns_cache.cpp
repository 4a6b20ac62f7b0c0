#include "dial/dns_cache.h"

#include <algorithm>
#include <utility>

namespace gw::dial {

std::optional<Addresses> DnsCache::find(const std::string& name, Instant now) const {
  const auto it = entries_.find(name);
  if (it == entries_.end() || now >= it->second.until) return std::nullopt;
  return stale(name, now);
}

Addresses DnsCache::stale(const std::string& name, Instant now) const {
  const auto it = entries_.find(name);
  return it == entries_.end() || now >= it->second.stale_until ? Addresses{} : it->second.addresses;
}

void DnsCache::found(const std::string& name, Addresses addresses, std::chrono::seconds ttl, Instant now) {
  const Instant until = now + std::clamp(ttl, kShortestTtl, kLongestTtl);
  store(name, {std::move(addresses), until, until + kStaleFor});
}

void DnsCache::absent(const std::string& name, std::chrono::seconds ttl, Instant now) {
  // RFC 2308 5 lets a zone ask for less than our limit, never for more.
  store(name, {{}, now + std::clamp(ttl, std::chrono::seconds(1), kNegativeTtl), {}});
}

void DnsCache::unreachable(const std::string& name, Instant now) {
  const auto it = entries_.find(name);
  if (it == entries_.end()) return store(name, {{}, now + kNegativeTtl, {}});
  it->second.until = now + kNegativeTtl;
}

void DnsCache::store(const std::string& name, Entry entry) {
  // Names come from the configuration, so this is no cache policy, only a bound.
  if (entries_.size() >= kMaxNames && !entries_.contains(name)) entries_.clear();
  entries_[name] = std::move(entry);
}

}  // namespace gw::dial
