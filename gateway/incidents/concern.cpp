// What an incident is about, and the clocks that follow from it (INC-01).

#include "accounts/typed.h"
#include "incidents/incidents.h"
#include "incidents/telling.h"

namespace gw::incidents {
namespace {

using accounts::told_of;

}  // namespace

Result<> Incidents::concern(const Actor& actor, IncidentId id, const Concern& concern, Told& told) {
  for (const Concern::Service& one : concern.services) GW_TRY(name_service(actor, id, one, told));
  for (const Nature one : concern.natures) GW_TRY(say_nature(actor, id, one, told));
  return Done{};
}

Result<> Incidents::name_service(const Actor& actor, IncidentId id, const Concern::Service& service,
                                 Told& told) {
  GW_TRY(const Incident incident, writable(actor, id, told));
  if (!accounts::is_line(service.name, kMostTitle) || service.name.empty())
    return unsuitable("services: each is one line of 1 to " + std::to_string(kMostTitle) + " octets");
  const std::string words = accounts::one_line(service.words, kMostWords);
  const auto found = incident.services.find(service.name);
  if (found != incident.services.end() && found->second.words == words) return Done{};
  Entry entry = entry_by(actor, Kind::service);
  entry.what = service.name;
  entry.words = words;
  GW_TRY(append(incident, entry,
                {about(told_of(EventId::incident_concerns, actor), id)
                     .add(Field::name, service.name)
                     .add(Field::detail, words)
                     .add(Field::result, "done")}));
  for (const auto& [clock, running] : incident.clocks)
    if (running.runs && clock.service == service.name && clock.id != service.clock)
      GW_TRY(run(actor, id, clock, false, words, told));
  return run(actor, id, {service.clock, service.name}, true, words, told);
}

Result<> Incidents::say_nature(const Actor& actor, IncidentId id, Nature nature, Told& told) {
  GW_TRY(const Incident incident, writable(actor, id, told));
  if (incident.natures.contains(nature)) return Done{};
  const std::string words(words_of(nature, Language::japanese));
  Entry entry = entry_by(actor, Kind::nature);
  entry.what = to_string(nature);
  entry.words = words;
  GW_TRY(append(incident, entry,
                {about(told_of(EventId::incident_concerns, actor), id)
                     .add(Field::name, entry.what)
                     .add(Field::detail, words)
                     .add(Field::result, "done")}));
  for (const ClockId clock : clocks_of(nature)) GW_TRY(run(actor, id, clock, true, words, told));
  return Done{};
}

}  // namespace gw::incidents
