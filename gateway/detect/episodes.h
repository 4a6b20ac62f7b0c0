#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "detect/clue.h"

namespace gw::detect {

/// One cause for as long as it lasts.
struct Episode {
  std::uint64_t number = 0;  ///< counts up; never used again
  Kind kind{};
  std::string tenant{}, subject{};
  std::string detail{};  ///< of the last clue
  CivilTime first{}, last{};
  std::uint64_t count = 0;
  bool is_over = false;
};

enum class Step : std::uint8_t { begun, still, over };

struct Telling {
  Step step{};
  Episode episode{};
};

/// Makes one telling of many clues: that it has begun, once an hour how often it was seen since, and that it
/// is over. A bounded number stand at once; further ones of a kind and a tenant are counted as one without a
/// subject, so that a flood of one kind hides no other, and one of a tenant no other tenant's. One thread.
class Episodes {
 public:
  static constexpr std::size_t kMostOfKind = 64;
  static constexpr std::size_t kMostOfTenant = 32;  ///< of these
  static constexpr std::chrono::hours kStillEvery{1};

  Episodes() = default;
  /// Goes on with those that stood; `next` is the number of the next one.
  Episodes(std::vector<Episode> standing, std::uint64_t next);

  std::optional<Telling> see(const Clue& clue, CivilTime now);
  /// What is due. At least once a minute.
  std::vector<Telling> sweep(CivilTime now);
  std::size_t standing() const { return all_.size(); }
  /// As they stand now.
  std::vector<Episode> all() const;

 private:
  struct Standing {
    Episode episode{};
    CivilTime told{};
    std::uint64_t told_count = 0;
  };
  Standing* find(const Clue& clue);
  bool has_room_for(const Clue& clue) const;

  std::list<Standing> all_{};
  std::uint64_t next_ = 1;
};

}  // namespace gw::detect
