#include "pki/rollover.h"

#include <algorithm>

namespace gw::pki {
namespace {

using model::CivilSeconds;
using State = RolloverStep::State;
using What = RolloverStep::What;

const Authority* successor_of(const Authority& old, const std::vector<Authority>& set) {
  const Authority* best = nullptr;
  for (const Authority& one : set) {
    const bool outlives = one.number != old.number && one.counts.ends > old.counts.ends;
    if (outlives && (best == nullptr || one.counts.ends > best->counts.ends)) best = &one;
  }
  return best;
}

State state_within(CivilSeconds from, CivilSeconds until, CivilSeconds now) {
  if (now < from) return State::later;
  return now < until ? State::now : State::late;
}

RolloverStep adding(const Authority& old, bool is_there, CivilSeconds now) {
  const CivilSeconds from = old.counts.ends - kPlanAhead, until = old.counts.ends - kOverlap;
  return {What::add, is_there ? State::done : state_within(from, until, now), from, until};
}

/// Nobody can change before the next one counts. After the old one's end everybody has, or is shut out.
RolloverStep changing(const Authority& old, const Authority* next, CivilSeconds now) {
  const CivilSeconds until = old.counts.ends;
  if (next == nullptr)
    return {What::change, now < until ? State::later : State::late, until - kOverlap, until};
  const CivilSeconds from = std::min(std::max<CivilSeconds>(next->counts.begins, until - kPlanAhead), until);
  const bool is_over = now >= until && now >= next->counts.begins;
  return {What::change, is_over ? State::done : state_within(from, until, now), from, until};
}

RolloverStep removing(const Authority& old, CivilSeconds now) {
  return {What::remove, now < old.counts.ends ? State::later : State::now, old.counts.ends, {}};
}

RolloverPlan plan_of(const Authority& old, const Authority* next, CivilSeconds now) {
  RolloverPlan plan{.old = old.number};
  if (next != nullptr) plan.next = next->number;
  plan.has_gap = next != nullptr && rollover_fault(old.counts, next->counts) == RolloverFault::gap;
  plan.steps = {adding(old, next != nullptr, now), changing(old, next, now), removing(old, now)};
  return plan;
}

}  // namespace

std::optional<RolloverFault> rollover_fault(const Life& old, const Life& next) {
  if (next.begins > old.ends) return RolloverFault::gap;
  if (next.ends <= old.ends) return RolloverFault::shorter;
  return std::nullopt;
}

Authority authority_of(std::size_t number, const Life& life, CivilSeconds from, CivilSeconds until) {
  Authority out{number, life, until.count() != 0};
  out.counts.begins = std::max(life.begins, from);
  if (out.has_end) out.counts.ends = std::min(life.ends, until);
  return out;
}

std::vector<RolloverPlan> rollovers_of(const std::vector<Authority>& set, CivilSeconds now) {
  std::vector<RolloverPlan> out;
  for (const Authority& old : set) {
    const Authority* next = successor_of(old, set);
    const bool ends_soon = old.counts.ends - now <= kPlanAhead;
    if (ends_soon || (old.has_end && next != nullptr)) out.push_back(plan_of(old, next, now));
  }
  return out;
}

}  // namespace gw::pki
