#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "base/clock.h"
#include "detect/clue.h"

namespace gw::detect {

/// How many clues of one kind and subject came within the kind's window. Bounded in memory, whoever comes:
/// where there is no room, a newcomer is not counted until the window of somebody else is over. Time is
/// handed in. One thread.
class Counts {
 public:
  static constexpr std::size_t kMost = 4'096;

  /// Of its window, this clue included; zero: there was no room for it.
  std::uint64_t add(const Clue& clue, CivilTime now);
  std::size_t size() const { return windows_.size(); }

 private:
  struct Key {
    Kind kind{};
    std::string tenant{}, subject{};
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Window {
    CivilTime until{};
    std::uint64_t count = 0;
  };
  bool make_room(CivilTime now);

  std::map<Key, Window> windows_{};
  CivilTime looked_{};
};

}  // namespace gw::detect
