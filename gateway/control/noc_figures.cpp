#include "control/noc_figures.h"

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
  for (const FamilyId family : kFamilies) ledger.forget(family);
  for (const model::BoardReading& reading : board.readings) {
    const double value = reading.kind == Kind::disk_wear ? reading.value / 100.0 : reading.value;
    ledger.set(kFamilies[static_cast<std::size_t>(reading.kind)], {reading.name}, value);
  }
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

void tell_certificates(Ledger& ledger, const model::CertificateRoll& roll) {
  ledger.forget(FamilyId::certificate_ends);
  for (const model::CertificateRoll::Own& own : roll.own)
    if (own.certificate)
      ledger.set(FamilyId::certificate_ends, {own.name, own.tenant},
                 static_cast<double>(own.certificate->ends.count()));
}

void tell_detections(Ledger& ledger, const std::array<std::uint64_t, 2>& unseen) {
  for (const auto severity : {detect::Severity::notable, detect::Severity::grave})
    ledger.set(FamilyId::detections_unseen, {std::string(to_string(severity))},
               static_cast<double>(unseen[static_cast<std::size_t>(severity)]));
}

void tell_spool(Ledger& ledger, spool::Class of, const spool::Tally& before, const spool::Tally& now) {
  const metrics::Labels labels{std::string(to_string(of))};
  ledger.set(FamilyId::spool_bytes, labels, static_cast<double>(now.octets));
  ledger.add(FamilyId::spool_dropped, labels, static_cast<double>(now.dropped - before.dropped));
  if (now.oldest.count() != 0)
    ledger.set(FamilyId::spool_oldest, labels, seconds_of(now.oldest));
  else
    ledger.set(FamilyId::spool_oldest, labels, 0);
}

}  // namespace gw::control
