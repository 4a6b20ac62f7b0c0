#pragma once

#include <vector>

#include "detect/counts.h"
#include "detect/episodes.h"
#include "detect/habits.h"
#include "detect/places.h"
#include "detect/trials.h"

namespace gw::detect {

/// Hears every record of the box once, in its order, and says what looks like an attack (IDS-01, IDS-02). A
/// record counts only if it is of whom alone may write it (writers.def). Adds nothing to a session's way:
/// whatever it knows stands in the records already. One thread.
class Detector {
 public:
  /// Of one source as many guesses count toward a crowd.
  static constexpr std::uint64_t kShare = 5;

  /// Goes on with those that stood and what was learnt, and tells nothing of what it has heard so far: it was
  /// told before. If nothing was learnt yet, it is from what was heard.
  void resume(Episodes standing, Habits learnt);
  void take(const model::Record& record);
  /// Of clues that somebody else found.
  void see(const Clue& clue, CivilTime now);
  /// What is due. At least once a minute.
  void sweep(CivilTime now);
  /// What stands, as it is now.
  std::vector<Episode> standing() const { return episodes_.all(); }
  /// What is learnt, as it is now.
  Habits& habits() { return habits_; }
  /// What is to be told since the last time.
  std::vector<Telling> tellings() { return std::exchange(tellings_, {}); }

 private:
  void weigh(const Clue& clue, CivilTime now);

  Counts counts_{};
  Places places_{};
  Trials trials_{};
  Habits habits_{};
  Episodes episodes_{};
  std::vector<Telling> tellings_{};
};

}  // namespace gw::detect
