// Evidence of an incident: who froze it, who took it along, and who let go of it (INC-03).

#include <algorithm>

#include "accounts/typed.h"
#include "incidents/incidents.h"
#include "incidents/telling.h"

namespace gw::incidents {
namespace {

using accounts::Operation;
using accounts::told_of;

Result<Frozen> frozen_in(const Incident& incident, std::uint64_t evidence) {
  const auto found = std::ranges::find_if(incident.frozen,
                                          [&](const Frozen& one) { return one.entry.evidence == evidence; });
  if (found == incident.frozen.end()) return Error{ErrorCode::incident_unknown, "it has no such evidence"};
  return *found;
}

std::string name_of(std::uint64_t evidence) { return "evidence " + std::to_string(evidence); }

}  // namespace

Result<Incident> Incidents::may_freeze(const Actor& actor, IncidentId id, Told& told) {
  return find(actor, Operation::incident_keep, id, told);
}

Result<> Incidents::freeze(const Actor& actor, IncidentId id, const Freeze& freeze, Told& told) {
  GW_TRY(const Incident incident, may_freeze(actor, id, told));
  Entry entry = entry_by(actor, Kind::frozen);
  entry.evidence = freeze.evidence;
  entry.first = freeze.first;
  entry.last = freeze.last;
  std::vector<Event> events = freeze.before;
  events.push_back(about(told_of(EventId::incident_frozen, actor), id)
                       .add(Field::name, name_of(freeze.evidence))
                       .add(Field::first, freeze.first)
                       .add(Field::last, freeze.last)
                       .add(Field::digest, freeze.digest)
                       .add(Field::result, "done"));
  return append(incident, entry, std::move(events), freeze.with);
}

Result<> Incidents::take(const Actor& actor, IncidentId id, std::uint64_t evidence, std::string_view to,
                         std::string_view digest, Told& told) {
  GW_TRY(const Incident incident, find(actor, Operation::incident_take, id, told));
  GW_TRY(frozen_in(incident, evidence));
  Entry entry = entry_by(actor, Kind::taken);
  entry.evidence = evidence;
  entry.words = accounts::one_line(to, kMostWords);
  return append(incident, entry,
                {about(told_of(EventId::incident_taken, actor), id)
                     .add(Field::name, name_of(evidence))
                     .add(Field::destination, entry.words)
                     .add(Field::digest, digest)
                     .add(Field::result, "done")});
}

Result<> Incidents::lift(const Actor& actor, IncidentId id, std::uint64_t evidence, std::string_view why,
                         Told& told) {
  GW_TRY(const Incident incident, find(actor, Operation::incident_lift, id, told));
  GW_TRY(const Frozen one, frozen_in(incident, evidence));
  if (!accounts::is_line(why, kMostWords) || why.empty())
    return unsuitable("words: one line of 1 to " + std::to_string(kMostWords) + " octets");
  if (one.lifted) return Error{ErrorCode::incident_not_held};
  if (one.entry.account == actor.account) {
    told.push_back(about(told_of(EventId::account_forbidden, actor), id)
                       .add(Field::reason, "not_by_itself")
                       .add(Field::result, "refused"));
    return Error{ErrorCode::account_not_by_itself, "somebody else than who froze it lifts a hold"};
  }
  Entry entry = entry_by(actor, Kind::lifted);
  entry.evidence = evidence;
  entry.words = why;
  return append(incident, entry,
                {about(told_of(EventId::incident_lifted, actor), id)
                     .add(Field::name, name_of(evidence))
                     .add(Field::detail, why)
                     .add(Field::result, "done")});
}

}  // namespace gw::incidents
