#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "base/clock.h"
#include "detect/clue.h"

namespace gw::detect {

/// How many clues of one kind and subject came within the kind's window. Bounded in memory, whoever comes:
/// where there is no room, a newcomer is not counted until the window of somebody else is over. Each tenant
/// has its part of the room, and what has no subject but the tenant itself has always some, so that whoever
/// floods from one compartment hides nobody elsewhere. Time is handed in. One thread.
class Counts {
 public:
  static constexpr std::size_t kMost = 4'096;
  static constexpr std::size_t kMostOfTenant = 1'024;

  /// Of its window, this clue included; zero: there was no room for it.
  std::uint64_t add(const Clue& clue, CivilTime now);
  std::size_t size() const;

 private:
  struct Key {
    Kind kind{};
    std::string subject{};
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Window {
    CivilTime until{};
    std::uint64_t count = 0;
  };
  using Windows = std::map<Key, Window>;
  bool make_room(const Windows& of_tenant, CivilTime now);

  std::map<std::string, Windows> tenants_{};
  CivilTime looked_{};
};

}  // namespace gw::detect
