#include "control/fault_verdict.h"

#include <array>
#include <iterator>

namespace gw::control {
namespace {

constexpr std::string_view kSideNames[] = {
#define GW_SIDE(name, id) id,
#include "control/fault_sides.def"
#undef GW_SIDE
};
static_assert(std::size(kSideNames) == kSides);

constexpr std::string_view kStandingNames[] = {"good", "bad", "suspect", "unknown"};
constexpr std::string_view kStateNames[] = {"broken", "unclear", "sound", "unknown"};

/// What follows of an observation.
struct Row {
  std::string_view id;
  Sides own, also, shows;
  bool needed;
};

constexpr auto kRows = [] {
  using enum Side;
  constexpr Sides none;
  constexpr bool yes = true, no = false;
  return std::to_array<Row>({
#define GW_OBSERVATION(name, id, own, also, shows, needed) {id, own, also, shows, needed},
#include "control/fault_observations.def"
#undef GW_OBSERVATION
  });
}();

const Row& row_of(ObservationId id) { return kRows[static_cast<std::size_t>(id)]; }

Sides shown_by(const std::vector<Observation>& observations) {
  Sides out;
  for (const Observation& one : observations)
    if (one.standing == Standing::good) out = out | row_of(one.id).shows;
  return out;
}

/// Of which something needed is not known.
Sides open_in(const std::vector<Observation>& observations) {
  Sides out;
  for (const Observation& one : observations)
    if (one.standing == Standing::unknown && row_of(one.id).needed) out = out | row_of(one.id).own;
  return out;
}

SideStanding standing_of(Side side, const FaultVerdict& verdict, Sides shown, Sides open) {
  if (verdict.broken.has(side)) return SideStanding::bad;
  if (verdict.among.has(side)) return SideStanding::suspect;
  return shown.has(side) && !open.has(side) ? SideStanding::good : SideStanding::unknown;
}

FaultVerdict::State state_of(const FaultVerdict& verdict, const std::vector<Observation>& observations) {
  using enum FaultVerdict::State;
  if (!verdict.broken.empty()) return broken;
  if (!verdict.reasons.empty()) return unclear;
  bool is_service_tried = false;
  for (const Observation& one : observations) {
    if (row_of(one.id).needed && one.standing != Standing::good) return unknown;
    is_service_tried = is_service_tried || one.id == ObservationId::trial_connection;
  }
  return is_service_tried ? sound : unknown;
}

}  // namespace

std::string_view to_string(Side side) { return kSideNames[static_cast<std::size_t>(side)]; }
std::string_view to_string(ObservationId id) { return row_of(id).id; }
std::string_view to_string(FaultVerdict::State state) { return kStateNames[static_cast<std::size_t>(state)]; }
std::string_view to_string(SideStanding standing) {
  return kStandingNames[static_cast<std::size_t>(standing)];
}
std::size_t observation_count() { return std::size(kRows); }

std::vector<std::string> Sides::to_texts() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kSides; ++i)
    if (has(static_cast<Side>(i))) out.emplace_back(to_string(static_cast<Side>(i)));
  return out;
}

/// What is shown to work only ever shortens a list of suspects, and a bad observation only ever adds a list:
/// so whoever knows less has longer lists or fewer of them, and blames nobody whom he did not blame before.
FaultVerdict verdict_on(const std::vector<Observation>& observations) {
  FaultVerdict out;
  const Sides shown = shown_by(observations);
  for (const Observation& one : observations) {
    if (one.standing != Standing::bad) continue;
    const Row& row = row_of(one.id);
    out.reasons.push_back({one, row.own | row.also.without(shown)});
    if (out.reasons.back().sides.is_one()) out.broken = out.broken | out.reasons.back().sides;
  }
  for (const FaultVerdict::Reason& reason : out.reasons)
    if (!reason.sides.has_any(out.broken)) out.among = out.among | reason.sides;
  out.state = state_of(out, observations);
  for (std::size_t i = 0; i < kSides; ++i)
    out.sides[i] = standing_of(static_cast<Side>(i), out, shown, open_in(observations));
  return out;
}

}  // namespace gw::control
