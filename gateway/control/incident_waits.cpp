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
  const auto overdue = std::ranges::count_if(contacts, [now = around.clock.civil_now()](const auto& one) {
    return one.is_overdue(now);
  });  // which they are is said on their page, in words
  if (overdue != 0) out.push_back("contact.overdue:" + std::to_string(overdue));
  return out;
}

}  // namespace gw::control
