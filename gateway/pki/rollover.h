#pragma once

#include <optional>
#include <vector>

#include "pki/life.h"

namespace gw::pki {

// How one authority gives way to the next, so that nobody is shut out on the day (CRT-05). Pure: the time is
// given.

/// Why an authority cannot follow another one.
enum class RolloverFault : std::uint8_t {
  gap,      ///< it begins after the other one has ended: nobody is believed in between
  shorter,  ///< it ends first, so it is no successor
};
std::optional<RolloverFault> rollover_fault(const Life& old, const Life& next);

/// An authority of one trust set, and the time in which it counts: its own, within the span that the
/// configuration gives it.
struct Authority {
  std::size_t number = 0;  ///< in its set
  Life counts{};
  bool has_end = false;  ///< the configuration says until when
};
Authority authority_of(std::size_t number, const Life& life, model::CivilSeconds from,
                       model::CivilSeconds until);

/// A step of a roll-over, and how it stands.
struct RolloverStep {
  enum class What : std::uint8_t {
    add,     ///< trust the next one beside the old one
    change,  ///< everybody gets a certificate of the next one
    remove,  ///< take the old one out
  };
  enum class State : std::uint8_t {
    later,  ///< its time has not come
    now,    ///< its time has come
    late,   ///< it should have been done
    done,
  };
  What what{};
  State state{};
  model::CivilSeconds from{0};
  model::CivilSeconds until{0};  ///< of remove: no end
};
struct RolloverPlan {
  std::size_t old = 0;                ///< the authority's number
  std::optional<std::size_t> next{};  ///< none: it is not there yet
  bool has_gap = false;               ///< the next one does not count before the old one has ended
  std::vector<RolloverStep> steps{};  ///< in their order
};

/// How long before the end of an authority its successor shall be there: as long as a certificate may live
/// (CRT-02), so that none is issued that outlives who vouches for it ...
inline constexpr std::chrono::days kPlanAhead{397};
/// ... and how long both count at the least, so that everybody can be reached within it.
inline constexpr std::chrono::days kOverlap{90};

/// For each authority of a set that ends before kPlanAhead is over, has ended, or is given an end while
/// another one follows it. Of several that could follow it is the one that counts longest.
std::vector<RolloverPlan> rollovers_of(const std::vector<Authority>& set, model::CivilSeconds now);

}  // namespace gw::pki
