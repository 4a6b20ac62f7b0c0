#include "incidents/incident.h"

#include <algorithm>

namespace gw::incidents {
namespace {

bool is_worth_a_warning(Standing standing) {
  return standing == Standing::half || standing == Standing::soon || standing == Standing::missed;
}

bool was_warned(const Incident& incident, const Reckoned& one) {
  return std::ranges::any_of(incident.entries, [&](const Entry& entry) {
    return entry.kind == Kind::warned && entry.what == to_string(one.clock) &&
           entry.words == to_string(one.standing) && entry.at == *one.span->ends;
  });
}

void lift(std::vector<Frozen>& frozen, const Entry& entry) {
  for (Frozen& one : frozen)
    if (one.entry.evidence == entry.evidence) one.lifted = entry;
}

void apply(Incident& incident, const Entry& entry) {
  const auto moment = parse_moment(entry.what);
  const auto clock = parse_key(entry.what);
  if (entry.kind == Kind::stated && moment) incident.times[*moment] = entry;
  if (entry.kind == Kind::service) incident.services[entry.what] = entry;
  if (const auto nature = parse_nature(entry.what); entry.kind == Kind::nature && nature)
    incident.natures.insert(*nature);
  if (entry.kind == Kind::runs && clock) incident.clocks[*clock].runs = true;
  if (entry.kind == Kind::rests && clock) incident.clocks[*clock].runs = false;
  if (entry.kind == Kind::reported && clock) incident.clocks[*clock].reported = entry;
  if (entry.kind == Kind::frozen) incident.frozen.push_back({entry, {}});
  if (entry.kind == Kind::lifted) lift(incident.frozen, entry);
  if (entry.kind == Kind::closed) incident.is_closed = true;
}

Reckoned reckoned_of(const Incident& incident, const ClockKey& clock, const Running& running, CivilTime now) {
  Reckoned out{.clock = clock, .standing = Standing::waits, .span = {}, .reported = running.reported};
  const auto anchor = incident.at(rule(clock).anchor);
  if (anchor) out.span = span_of(rule(clock), *anchor);
  const auto reported = running.reported ? std::optional(running.reported->at) : std::nullopt;
  if (out.span)
    out.standing = standing_of(*out.span, reported, now);
  else if (reported)
    out.standing = Standing::met;
  return out;
}

}  // namespace

std::optional<CivilTime> Incident::at(Moment moment) const {
  const auto found = times.find(moment);
  return found == times.end() ? std::nullopt : std::optional(found->second.at);
}

Incident incident_of(IncidentId id, std::vector<Entry> entries) {
  Incident out{.id = id};
  for (Entry& entry : entries) add(out, std::move(entry));
  return out;
}

void add(Incident& incident, Entry entry) {
  apply(incident, entry);
  incident.entries.push_back(std::move(entry));
}

std::vector<Reckoned> reckon(const Incident& incident, CivilTime now) {
  std::vector<Reckoned> out;
  for (const auto& [clock, running] : incident.clocks)
    if (running.runs) out.push_back(reckoned_of(incident, clock, running, now));
  return out;
}

std::vector<Reckoned> to_warn(const Incident& incident, CivilTime now) {
  if (incident.is_closed) return {};
  std::vector<Reckoned> out = reckon(incident, now);
  std::erase_if(out, [&](const Reckoned& one) {
    return !is_worth_a_warning(one.standing) || was_warned(incident, one);
  });
  return out;
}

}  // namespace gw::incidents
