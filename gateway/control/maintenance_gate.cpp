#include "control/maintenance_gate.h"

namespace gw::control {
namespace {

using maintenance::Target;

/// On the box, that needs this right.
std::optional<maintenance::Work> work_of(const api::Access& access) {
  if (access.kind != api::Access::Kind::right) return std::nullopt;
  for (std::size_t i = 0; i < maintenance::kWorks; ++i) {
    const auto work = static_cast<maintenance::Work>(i);
    if (place_of(work) == Target::Place::box && right_of(work) == access.right) return work;
  }
  return std::nullopt;
}

bool only_looks(maintenance::Work work) { return kind_of(right_of(work)) == accounts::OperationKind::reads; }

}  // namespace

Result<std::optional<MaintenanceGate::Work>> MaintenanceGate::begin(const accounts::Actor& actor,
                                                                    const api::Operation& row,
                                                                    accounts::Told& told) {
  const auto work = work_of(row.access);
  if (actor.role != accounts::Role::maintainer || !work) return std::optional<Work>();
  const Result<maintenance::RequestId> open = maintenance_.may(actor, *work, Target());
  const bool was_looked_at = open && only_looks(*work) && looked_.contains({*open, *work});
  if (was_looked_at) return std::optional<Work>();
  GW_TRY(const auto act, maintenance_.begin(actor, *work, Target(), row.name, told));
  GW_TRY(const auto id, open);
  if (only_looks(*work)) looked_.emplace(id, *work);
  return std::optional(Work{actor, id, act.number});
}

/// What cannot be written down stands as one whose end nobody knows.
void MaintenanceGate::end(const std::optional<Work>& work, const Result<>& outcome, accounts::Told& told) {
  if (!work) return;
  const std::string words = outcome ? std::string() : outcome.error().to_text();
  static_cast<void>(static_cast<bool>(maintenance_.finish(work->actor, work->maintenance, work->act,
                                                          static_cast<bool>(outcome), words, told)));
}

}  // namespace gw::control
