#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "control/way_to_cloud.h"

namespace gw::control {

/// Between a terminal and its service, in their order (fault_sides.def).
enum class Side : std::uint8_t {
#define GW_SIDE(name, id) name,
#include "control/fault_sides.def"
#undef GW_SIDE
};
inline constexpr std::size_t kSides = 7;
std::string_view to_string(Side side);

/// Some of them.
class Sides {
 public:
  constexpr Sides() = default;
  constexpr Sides(Side one) : bits_(static_cast<std::uint8_t>(1u << static_cast<unsigned>(one))) {}

  constexpr bool has(Side side) const { return (bits_ & Sides(side).bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  /// There is exactly one.
  constexpr bool is_one() const { return bits_ != 0 && (bits_ & (bits_ - 1)) == 0; }
  constexpr bool has_any(Sides others) const { return (bits_ & others.bits_) != 0; }
  constexpr Sides without(Sides others) const { return of(bits_ & ~others.bits_); }
  friend constexpr Sides operator|(Sides a, Sides b) { return of(a.bits_ | b.bits_); }
  bool operator==(const Sides&) const = default;
  std::vector<std::string> to_texts() const;

 private:
  static constexpr Sides of(int bits) {
    Sides out;
    out.bits_ = static_cast<std::uint8_t>(bits);
    return out;
  }
  std::uint8_t bits_ = 0;
};
constexpr Sides operator|(Side a, Side b) { return Sides(a) | Sides(b); }

/// Closed list of what can be measured (fault_observations.def).
enum class ObservationId : std::uint8_t {
#define GW_OBSERVATION(name, id, own, also, shows, needed) name,
#include "control/fault_observations.def"
#undef GW_OBSERVATION
};
std::string_view to_string(ObservationId id);
std::size_t observation_count();

/// What was really measured, or that it was not.
struct Observation {
  ObservationId id{};
  Standing standing = Standing::unknown;
  std::string about{};  ///< "karte/emr", "wan0", "desk-1"; empty: the box as a whole
  std::string detail{};
};

/// How one side is.
enum class SideStanding : std::uint8_t {
  good,     ///< shown to work, and nothing about it that is needed is unknown
  bad,      ///< broken
  suspect,  ///< one of several that explain what is bad
  unknown,
};
std::string_view to_string(SideStanding standing);

/// Which side is broken, by what was measured and nothing else (DEM-03). Confidence is never more than that:
/// where several sides explain what is bad, none is blamed; where too little is known, nobody says that all
/// is well. To know less never makes it blame more (decision 0059).
struct FaultVerdict {
  enum class State : std::uint8_t {
    broken,   ///< `broken` has those that nothing else explains
    unclear,  ///< something is bad, and several sides explain it
    sound,    ///< all that is needed was measured, and nothing is bad
    unknown,  ///< nothing is bad, and not all that is needed was measured
  };
  /// An observation that is bad, and the sides that explain it.
  struct Reason {
    Observation seen{};
    Sides sides{};
  };
  State state{};
  Sides broken{};
  Sides among{};  ///< those that explain what the broken ones do not
  std::array<SideStanding, kSides> sides{};
  std::vector<Reason> reasons{};
};
std::string_view to_string(FaultVerdict::State state);

/// Pure.
FaultVerdict verdict_on(const std::vector<Observation>& observations);

}  // namespace gw::control
