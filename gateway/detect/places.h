#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "detect/clue.h"

namespace gw::detect {

/// From which addresses each certificate is at work, as the records of sessions say (CRT-07). Two at once are
/// not enough to tell: a notebook goes from the cable to the air and leaves a session behind, and after a
/// power cut a whole clinic comes back with other addresses. What is left behind dies by keep-alive within
/// two minutes. So it is a copy if sessions of both stand for five minutes, or if while they stand both
/// places open new ones, turn by turn. A session whose end nobody can tell any more stands no longer: those
/// of a tenant when its proxyd starts or ends, and all when records were lost or the box has started.
/// Bounded, and each tenant's part of it is; one thread.
class Places {
 public:
  static constexpr std::size_t kMost = 4'096;  ///< certificates that are followed
  static constexpr std::size_t kMostOfTenant = 1'024;
  static constexpr std::size_t kMostOfOne = 8;  ///< addresses of one
  static constexpr std::chrono::minutes kTogether{5};
  static constexpr int kTurns = 3;  ///< there, here again, there again

  /// A record of a session, or of what ends many; what it shows.
  std::optional<Clue> take(const model::Record& record);
  /// Those of which sessions at two places have stood together for long.
  std::vector<Clue> sweep(CivilTime now);
  std::size_t size() const;

 private:
  struct Place {
    std::uint64_t sessions = 0;
    bool is_v6 = false;
  };
  struct Certificate {
    std::string tenant{}, terminal{};
    std::map<std::string, Place> places{};
    std::string last_from{};  ///< where the last one was opened
    CivilTime together{};     ///< since when two stand; zero: they do not
    int turns = 0;            ///< since then
  };
  std::optional<Clue> opened(const model::Record& record);
  void closed(const model::Record& record);
  void forget(const std::string& tenant);  ///< empty: of all
  bool has_room(const std::string& tenant) const;
  static bool stand_together(const Certificate& one);
  static Clue clue_of(const Certificate& one);

  std::map<std::string, std::map<std::string, Certificate>> tenants_{};  // and of each its certificates
};

}  // namespace gw::detect
