#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/configuration.h"

namespace gw::backup {

/// How many generations stay on the box (BAK-01).
class Keep {
 public:
  static constexpr std::size_t kLeast = model::Backup::kLeast, kMost = model::Backup::kMost,
                               kOrdinary = model::Backup::kOrdinary;
  constexpr Keep() = default;
  /// Nothing if nobody may want that.
  static constexpr std::optional<Keep> generations(std::size_t count) {
    if (count < kLeast || count > kMost) return std::nullopt;
    return Keep(count);
  }
  constexpr std::size_t count() const { return count_; }
  friend constexpr bool operator==(Keep, Keep) = default;

 private:
  explicit constexpr Keep(std::size_t count) : count_(count) {}
  std::size_t count_ = kOrdinary;
};

/// As much of a generation as decides whether it stays. A higher number is newer, whatever the clock said.
struct Age {
  std::uint64_t number = 0;
  std::chrono::seconds made{0};  ///< since 1970, UTC

  friend bool operator==(const Age&, const Age&) = default;
};

/// The numbers of those that go, so that `keep` stay: first the oldest one that shares its day in Japan with
/// a newer one, again and again; then the oldest day. So many changes in one day push out that day's own, and
/// not the weeks before. Never the newest, never `last_good`; so at least keep - 2 days that have any keep
/// their newest.
std::vector<std::uint64_t> surplus(std::span<const Age> generations, Keep keep,
                                   std::optional<std::uint64_t> last_good);

}  // namespace gw::backup
