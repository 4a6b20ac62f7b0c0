#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "base/clock.h"

namespace gw::proxy {

/// So many a second, and as many at once after a second's rest.
class TokenBucket {
 public:
  /// Takes a token, if there is one. Starts full.
  bool spend(std::uint32_t per_second, Instant now) {
    const auto most = static_cast<double>(per_second);
    const std::chrono::duration<double> passed = now - filled_;
    tokens_ = fresh_ ? most : std::min(most, tokens_ + passed.count() * most);
    fresh_ = false;
    filled_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  /// The last token was not needed after all.
  void refund() { tokens_ += 1; }
  Instant last_asked() const { return filled_; }

 private:
  bool fresh_ = true;
  double tokens_ = 0;
  Instant filled_{};
};

/// Sessions and arrivals by whom they belong to: a cap and a rate for each key. Bounded: when the table is
/// full, strangers are turned away and those known go on.
template <class Key>
class Tally {
 public:
  /// Counts one more session for `key`. False: over its cap or rate, or no room for a stranger.
  bool enter(const Key& key, std::uint32_t cap, std::uint32_t per_second, Instant now) {
    if (shares_.size() >= kMost && !shares_.contains(key)) return false;
    Share& share = shares_[key];
    if (share.sessions >= cap || !share.arrivals.spend(per_second, now)) return false;
    ++share.sessions;
    return true;
  }
  /// One session of `key` is over. Its rate is remembered for a while.
  void leave(const Key& key) { --shares_.at(key).sessions; }
  /// Forgets who has no session and whose bucket is full again.
  void forget_quiet(Instant now) {
    std::erase_if(shares_, [now](const auto& entry) {
      return entry.second.sessions == 0 && now - entry.second.arrivals.last_asked() > std::chrono::seconds(2);
    });
  }
  std::size_t size() const { return shares_.size(); }

 private:
  static constexpr std::size_t kMost = 65'536;
  struct Share {
    std::uint32_t sessions = 0;
    TokenBucket arrivals{};
  };
  std::unordered_map<Key, Share> shares_;
};

}  // namespace gw::proxy
