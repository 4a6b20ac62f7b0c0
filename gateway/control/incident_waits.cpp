#include "control/incident_waits.h"

#include <algorithm>

namespace gw::control {
namespace {

using incidents::Standing;

/// missed, soon, or open.
std::string_view gravest_of(const incidents::Incident& incident, CivilTime now) {
  const auto clocks = incidents::reckon(incident, now);
  const auto has = [&](Standing standing) {
    return std::ranges::find(clocks, standing, &incidents::Reckoned::standing) != clocks.end();
  };
  if (has(Standing::missed)) return "missed";
  return has(Standing::soon) ? "soon" : "open";
}

}  // namespace

Result<std::vector<std::string>> incident_waits(const WebAsk& ask, const WebAround& around) {
  std::vector<std::string> out;
  if (!accounts::may(ask.actor.role, accounts::Operation::incident_read)) return out;
  GW_TRY(const auto all, around.incidents.open());
  for (const incidents::Incident& one : all)
    out.push_back("incident." + std::string(gravest_of(one, around.clock.civil_now())) + ":" +
                  std::to_string(one.id.number()));
  GW_TRY(const auto contacts, around.contacts.list({}));
  for (const incidents::Contact& one : contacts)
    if (one.is_overdue(around.clock.civil_now())) out.push_back("contact.overdue:" + to_string(one.key));
  return out;
}

}  // namespace gw::control
