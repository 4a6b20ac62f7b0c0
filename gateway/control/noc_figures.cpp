#include "control/noc_figures.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/build_time.h"

namespace gw::control {
namespace {

using metrics::FamilyId;
using metrics::Ledger;

double seconds_of(std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1'000; }

void tell_processes(Ledger& ledger, const std::vector<ipc::op::ProcessState>& processes) {
  ledger.forget(FamilyId::process_memory);
  ledger.forget(FamilyId::process_cpu);
  for (const ipc::op::ProcessState& process : processes) {
    if (process.pid == 0) continue;
    const metrics::Labels labels{process.name, process.tenant};
    ledger.set(FamilyId::process_memory, labels, static_cast<double>(process.resident));
    ledger.set(FamilyId::process_cpu, labels, seconds_of(process.processor));
  }
}

void tell_proof(Ledger& ledger, const ipc::op::ProofState& proof) {
  if (proof.ended.count() == 0) return;
  ledger.set(FamilyId::isolation_cases, {"held"}, proof.held);
  ledger.set(FamilyId::isolation_cases, {"broken"}, proof.broken);
  ledger.set(FamilyId::isolation_cases, {"unproven"}, proof.unproven);
  ledger.set(FamilyId::isolation_proved, {}, seconds_of(proof.ended));
}

void tell_board(Ledger& ledger, const model::BoardState& board) {
  using Kind = model::BoardReading::Kind;
  constexpr FamilyId kFamilies[] = {FamilyId::board_temperature, FamilyId::board_fan, FamilyId::disk_wear};
  std::array<double, std::size(kFamilies)> beyond{};
  for (const FamilyId family : kFamilies) ledger.forget(family);
  ledger.forget(FamilyId::board_attention);
  for (const model::BoardReading& reading : board.readings) {
    const double value = reading.kind == Kind::disk_wear ? reading.value / 100.0 : reading.value;
    ledger.set(kFamilies[static_cast<std::size_t>(reading.kind)], {reading.name}, value);
    if (!reading.is_well) ++beyond[static_cast<std::size_t>(reading.kind)];
  }
  for (const model::BoardReading& reading : board.readings)
    ledger.set(FamilyId::board_attention, {std::string(to_string(reading.kind))},
               beyond[static_cast<std::size_t>(reading.kind)]);
}

}  // namespace

void tell_state(Ledger& ledger, const ipc::op::State& state, model::Generation adopted) {
  ledger.set(FamilyId::build, {to_timestamp(build_time())}, 1);
  ledger.set(FamilyId::generation, {"in_force"}, static_cast<double>(state.generation.number()));
  ledger.set(FamilyId::generation, {"adopted"}, static_cast<double>(adopted.number()));
  ledger.set(FamilyId::clock_behind, {}, state.clock.is_right() ? 0 : 1);
  tell_proof(ledger, state.proof);
  tell_board(ledger, state.board);
  tell_processes(ledger, state.processes);
}

void tell_sessions(Ledger& ledger, const model::SessionRoll& roll) {
  std::map<metrics::Labels, double> standing;
  for (const model::SessionRow& row : roll.rows) ++standing[{row.service, row.tenant}];
  ledger.forget(FamilyId::sessions);
  for (const auto& [labels, count] : standing) ledger.set(FamilyId::sessions, labels, count);
}

void tell_certificates(Ledger& ledger, const model::CertificateRoll& roll,
                       const std::map<std::string, model::CivilSeconds>& terminals) {
  ledger.forget(FamilyId::certificate_ends);
  for (const model::CertificateRoll::Own& own : roll.own)
    if (own.certificate)
      ledger.set(FamilyId::certificate_ends, {own.name, own.tenant},
                 static_cast<double>(own.certificate->ends.count()));
  for (const auto& [tenant, first] : terminals)
    ledger.set(FamilyId::certificate_ends, {"(terminals)", tenant}, static_cast<double>(first.count()));
  ledger.forget(FamilyId::revocation_stale);
  const auto first = std::ranges::min_element(roll.lists, {}, &model::CertificateRoll::List::stale_at);
  if (first != roll.lists.end())
    ledger.set(FamilyId::revocation_stale, {}, static_cast<double>(first->stale_at.count()));
}

void tell_update(Ledger& ledger, const model::UpdateState& update) {
  ledger.forget(FamilyId::update);
  ledger.forget(FamilyId::boot_fallback);
  if (!update.is_appliance()) return;
  const std::string stage(update.last ? model::word_of(update.last->stage) : "none");
  ledger.set(FamilyId::update, {stage, update.version}, 1);
  ledger.set(FamilyId::boot_fallback, {}, update.is_fallback ? 1 : 0);
}

void tell_maintenance(Ledger& ledger, const std::vector<maintenance::Request>& pending) {
  std::optional<CivilTime> first;
  double unapproved = 0;
  for (const maintenance::Request& one : pending) {
    if (one.is_emergency && !one.is_approved) ++unapproved;
    if (one.state == maintenance::State::open)
      first = std::min(first.value_or(one.draft.until), one.draft.until);
  }
  ledger.set(FamilyId::maintenance_unapproved, {}, unapproved);
  ledger.forget(FamilyId::maintenance_ends);
  if (first)
    ledger.set(FamilyId::maintenance_ends, {},
               seconds_of(std::chrono::floor<std::chrono::milliseconds>(first->time_since_epoch())));
}

void tell_detections(Ledger& ledger, const std::array<std::uint64_t, 2>& unseen) {
  for (const auto severity : {detect::Severity::notable, detect::Severity::grave})
    ledger.set(FamilyId::detections_unseen, {std::string(to_string(severity))},
               static_cast<double>(unseen[static_cast<std::size_t>(severity)]));
}

void tell_spool(Ledger& ledger, spool::Class of, const spool::Tally& before, const spool::Tally& now) {
  if (of == spool::Class::state) return;
  const metrics::Labels labels{std::string(to_string(of))};
  ledger.set(FamilyId::spool_bytes, labels, static_cast<double>(now.octets));
  ledger.add(FamilyId::spool_dropped, labels, static_cast<double>(now.dropped - before.dropped));
  if (now.oldest.count() != 0)
    ledger.set(FamilyId::spool_oldest, labels, seconds_of(now.oldest));
  else
    ledger.set(FamilyId::spool_oldest, labels, 0);
}

}  // namespace gw::control
