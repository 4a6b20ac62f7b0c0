#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "base/clock.h"
#include "model/address.h"

namespace gw::proxy {

/// From which addresses each terminal's key is at work now: two at once mean that it may have been copied,
/// since each terminal has one of its own (CRT-07). Knows live sessions and nothing else. One thread.
class Whereabouts {
 public:
  using Key = std::array<std::uint8_t, 32>;  ///< SHA-256 of its public half
  /// How long nobody is told of the same key again.
  static constexpr std::chrono::hours kToldFor{1};

  /// A session with this key begins. Another address that it is at work from, if that is news.
  std::optional<model::IpAddress> came(const Key& key, const model::IpAddress& from, Instant now);
  /// A session that came has ended.
  void left(const Key& key, const model::IpAddress& from);

 private:
  struct AtWork {
    std::map<model::IpAddress, std::size_t> sessions{};  // none is zero
    std::optional<Instant> told{};
  };
  std::map<Key, AtWork> keys_;  // those with sessions
};

}  // namespace gw::proxy
