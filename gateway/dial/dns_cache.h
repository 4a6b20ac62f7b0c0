#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/address.h"

namespace gw::dial {

using Addresses = std::vector<model::IpAddress>;

/// What the resolvers said of each name and until when it counts (WLS-02). Pure; the caller brings the time.
///
/// An answer counts for its TTL, kept between kShortestTtl and kLongestTtl. When no resolver answers any
/// more, addresses count for kStaleFor longer, so that a broken resolver does not cut off a cloud that is
/// well (RFC 8767); "there is no such name" ends them at once. What found nothing is not asked again
/// for kNegativeTtl.
class DnsCache {
 public:
  static constexpr std::chrono::seconds kShortestTtl{5};
  static constexpr std::chrono::seconds kLongestTtl{3600};
  static constexpr std::chrono::seconds kNegativeTtl{5};
  static constexpr std::chrono::seconds kStaleFor{600};
  static constexpr std::size_t kMaxNames = 1024;

  /// What counts now; empty addresses: known to be nowhere. Nothing: ask.
  std::optional<Addresses> find(const std::string& name, Instant now) const;
  /// The addresses even if their TTL is over, as long as they may still be used; else empty.
  Addresses stale(const std::string& name, Instant now) const;

  void found(const std::string& name, Addresses addresses, std::chrono::seconds ttl, Instant now);
  void absent(const std::string& name, std::chrono::seconds ttl, Instant now);
  void unreachable(const std::string& name, Instant now);
  void clear() { entries_.clear(); }

 private:
  struct Entry {
    Addresses addresses{};
    Instant until{};        ///< ask again after this
    Instant stale_until{};  ///< the addresses may not be used after this
  };
  void store(const std::string& name, Entry entry);

  std::map<std::string, Entry> entries_;
};

}  // namespace gw::dial
