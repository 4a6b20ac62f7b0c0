// By when others are told of an incident, and what is kept for finding its causes (INC-01 to INC-03).

#include <algorithm>

#include "control/findings/incident_clocks.h"

namespace gw::control::findings {
namespace {

using incidents::Incident;
using incidents::Moment;
using incidents::Reckoned;
constexpr std::size_t kMostIncidents = 100;

bool has_missed(const Incident& incident, CivilTime now) {
  const auto clocks = incidents::reckon(incident, now);
  return std::ranges::find(clocks, incidents::Standing::missed, &Reckoned::standing) != clocks.end();
}

/// Under the columns of what services' papers say (findings/papers.cpp).
void add_clocks(Draft& out) {
  for (std::size_t i = 0; i < incidents::kClocks; ++i) {
    const incidents::Rule& rule = incidents::rule(static_cast<incidents::ClockId>(i));
    const Text anchor = rule.anchor == Moment::occurred ? Text::anchor_occurred : Text::anchor_detected;
    out.row({"—", "—", std::string(rule.japanese), said(anchor).japanese, std::string(rule.clause)});
  }
}

}  // namespace

Result<> add_clocks_of_box(const Observed& seen, Draft& out) {
  GW_TRY(const auto open, seen.around.incidents.open());
  std::string missed;
  for (const Incident& one : open)
    if (has_missed(one, seen.now))
      missed.append(missed.empty() ? "" : ", ").append(std::to_string(one.id.number()));
  out.say(Text::clocks_running, {text_of(open.size())});
  if (!missed.empty()) out.say(State::attention, Text::clocks_missed, {missed});
  add_clocks(out);
  return Done{};
}

Result<Finding> incidents_evidence(const Observed& seen) {
  GW_TRY(const auto all, seen.around.incidents.list(kMostIncidents));
  GW_TRY(const auto held, seen.around.incidents.held_from());
  std::vector<std::vector<std::string>> rows;
  for (const Incident& incident : all)
    for (const incidents::Frozen& one : incident.frozen)
      rows.push_back({std::to_string(incident.id.number()), std::to_string(one.entry.evidence),
                      std::to_string(one.entry.first) + " – " + std::to_string(one.entry.last), one.entry.by,
                      one.lifted ? time_of(one.lifted->written) : "—"});
  Draft out(rows.empty() ? State::by_design : State::shown);
  out.say(Text::freeze_told, {text_of(rows.size())});
  if (held) out.say(Text::freeze_held, {std::to_string(*held)});
  out.columns({Text::col_incident, Text::col_evidence, Text::col_records, Text::col_by, Text::col_lifted});
  for (auto& row : rows) out.row(std::move(row));
  return out.of_records(seen).take();
}

}  // namespace gw::control::findings
