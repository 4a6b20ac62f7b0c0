// What an incident is about, and the clocks that follow from it (INC-01).

#include "accounts/typed.h"
#include "incidents/incidents.h"
#include "incidents/telling.h"

namespace gw::incidents {
namespace {

using accounts::told_of;

}  // namespace

Result<> Incidents::concern(const Actor& actor, IncidentId id, const Concern& concern, Told& told) {
  GW_TRY(Incident incident, writable(actor, id, told));
  if (concern.services.empty() && concern.natures.empty())
    return unsuitable("services, natures: name at least one that the incident is about");
  Saying saying{.actor = actor, .incident = std::move(incident)};
  GW_TRY(say_concern(saying, concern));
  return write(saying);
}

Result<> Incidents::say_concern(Saying& saying, const Concern& concern) const {
  for (const Concern::Service& one : concern.services) GW_TRY(say_service(saying, one));
  for (const Nature one : concern.natures) GW_TRY(say_nature(saying, one));
  return Done{};
}

Result<> Incidents::say_service(Saying& saying, const Concern::Service& service) const {
  const Incident& incident = saying.incident;
  if (!accounts::is_line(service.name, kMostTitle) || service.name.empty())
    return unsuitable("services: each is one line of 1 to " + std::to_string(kMostTitle) + " octets");
  const std::string words = accounts::one_line(service.words, kMostWords);
  const auto found = incident.services.find(service.name);
  if (found != incident.services.end() && found->second.words == words) return Done{};
  Entry entry = entry_by(saying.actor, Kind::service);
  entry.what = service.name;
  entry.words = words;
  GW_TRY(say(saying, entry,
             about(told_of(EventId::incident_concerns, saying.actor), incident.id)
                 .add(Field::name, service.name)
                 .add(Field::detail, words)
                 .add(Field::result, "done")));
  const std::map<ClockKey, Running> clocks = incident.clocks;  // which change
  for (const auto& [clock, running] : clocks)
    if (running.runs && clock.service == service.name && clock.id != service.clock)
      GW_TRY(say_clock(saying, clock, false, words));
  return say_clock(saying, {service.clock, service.name}, true, words);
}

Result<> Incidents::say_nature(Saying& saying, Nature nature) const {
  const Incident& incident = saying.incident;
  if (incident.natures.contains(nature)) return Done{};
  const std::string words(words_of(nature, Language::japanese));
  Entry entry = entry_by(saying.actor, Kind::nature);
  entry.what = to_string(nature);
  entry.words = words;
  GW_TRY(say(saying, entry,
             about(told_of(EventId::incident_concerns, saying.actor), incident.id)
                 .add(Field::name, entry.what)
                 .add(Field::detail, words)
                 .add(Field::result, "done")));
  for (const ClockId clock : clocks_of(nature)) GW_TRY(say_clock(saying, clock, true, words));
  return Done{};
}

}  // namespace gw::incidents
