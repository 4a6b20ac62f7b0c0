#include "control/fault_look.h"

#include "audit/read_line.h"

namespace gw::control::web {
namespace {

using std::chrono::milliseconds;

/// Sessions that began lately are looked for among so many; on a busy box that is enough to know that
/// terminals are let in.
constexpr std::size_t kMostOpened = 200;

milliseconds civil_ms(CivilTime time) { return std::chrono::floor<milliseconds>(time.time_since_epoch()); }

/// By "tenant/terminal".
Result<std::map<std::string, milliseconds>> admitted_since(milliseconds from, RecordStore& store) {
  model::RecordQuery query;
  query.event = to_string(EventId::session_opened);
  query.from = from;
  GW_TRY(const auto found, store.find(query, UINT64_MAX, kMostOpened));
  std::map<std::string, milliseconds> out;
  for (const RecordStore::Found& one : found) {
    const auto read = audit::read_line(one.line);
    if (!read) continue;
    for (const Event::Entry& entry : read->record.event.entries())
      if (entry.field == Field::terminal)
        out.try_emplace(read->record.tenant + "/" + entry.text, civil_ms(read->record.time));
  }
  return out;
}

}  // namespace

Result<FaultLook> look_for_faults(const ipc::op::Diagnosis& diagnosis, const NetworkLook& network,
                                  const model::CertificateRoll& certificates, const model::RuleRoll& rules,
                                  RecordStore& store, CivilTime now) {
  const milliseconds fresh_from = civil_ms(now) - FaultSight::kFresh;
  GW_TRY(auto refusals, refusals_of(store.database(), {fresh_from, {}, {}, {}}));
  GW_TRY(auto admitted, admitted_since(fresh_from, store));
  const FaultSight sight{diagnosis,           network,      certificates, rules, std::move(refusals.groups),
                         std::move(admitted), civil_ms(now)};
  FaultLook out{observations_in(sight), {}};
  out.verdict = verdict_on(out.observations);
  return out;
}

}  // namespace gw::control::web
