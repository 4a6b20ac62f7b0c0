#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "detect/clue.h"
#include "detect/habit.h"

namespace gw::detect {

/// What each terminal does with each service, learnt from the records of its sessions (IDS-01), and what is
/// unlike it. What was written while the clock could not be right is passed over. Bounded, and each tenant's
/// part of it is: where there is no room, a newcomer is not learnt until somebody else was not seen for
/// kDaysKept days. Of a tenant, kTerminalsADay are told of by name a day and kind; all others of that day are
/// one, since then it is the clinic that does something else. One thread.
class Habits {
 public:
  static constexpr std::size_t kMost = 4'096;
  static constexpr std::size_t kMostOfTenant = 1'024;

  struct Key {
    std::string tenant{}, terminal{}, service{};
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  /// What a record shows. One that says that somebody has seen to what was told makes it usual.
  std::vector<Clue> take(const model::Record& record);

  /// As it was kept; nothing is told of it.
  void put_back(const Key& key, const Habit& habit);
  const std::map<Key, Habit>& all() const { return all_; }
  /// Those that have changed, or are gone, since was_kept().
  const std::set<Key>& changed() const { return changed_; }
  void was_kept() { changed_.clear(); }

 private:
  struct Tenant {
    std::size_t pairs = 0;
    Day looked = 0;  ///< for those that were not seen any more: through all of them, so once a day
  };
  Habit* find(const model::Record& record);
  bool make_room(Tenant& tenant, Day today);
  std::vector<Clue> opened(const model::Record& record);
  std::vector<Clue> closed(const model::Record& record);
  void seen(const model::Record& record);
  Clue clue(const model::Record& record, Kind kind, std::string detail);

  /// Of one day, those that were told of by name.
  struct Named {
    Day day = 0;
    std::set<std::string> terminals{};
  };
  std::map<Key, Habit> all_{};
  std::map<std::string, Tenant> tenants_{};
  std::set<Key> changed_{};
  std::map<std::pair<std::string, Kind>, Named> named_{};
};

}  // namespace gw::detect
