#include "incidents/incidents.h"

#include <algorithm>

#include "accounts/typed.h"
#include "base/text.h"
#include "incidents/telling.h"
#include "pki/certificate.h"

namespace gw::incidents {
namespace {

using accounts::Operation;
using accounts::told_of;

/// As times are kept and as the API has them.
CivilTime whole(CivilTime time) { return std::chrono::floor<std::chrono::milliseconds>(time); }

std::optional<Error> unsuitable_words(std::string_view words, std::size_t most, const char* what) {
  if (!words.empty() && accounts::is_line(words, most)) return std::nullopt;
  return unsuitable(std::string(what) + ": one line of 1 to " + std::to_string(most) + " octets");
}

/// What occurred is found later, and nothing is known before it comes.
std::optional<Error> unsuitable_times(std::optional<CivilTime> occurred, std::optional<CivilTime> detected,
                                      CivilTime now) {
  if (occurred && *occurred > now) return unsuitable("occurred: it lies ahead");
  if (detected && *detected > now) return unsuitable("detected: it lies ahead");
  if (occurred && detected && *occurred > *detected)
    return unsuitable("occurred: it is later than detected; correct the other one first");
  return std::nullopt;
}

std::uint64_t most_for(Kind kind) {
  constexpr Kind kOfTheEnd[] = {Kind::warned, Kind::reported, Kind::lifted, Kind::closed};
  const bool is_of_the_end = std::ranges::find(kOfTheEnd, kind) != std::end(kOfTheEnd);
  return is_of_the_end ? kMostEntries : kMostEntries - kForTheEnd;
}

EventId event_of(Standing standing) {
  if (standing == Standing::missed) return EventId::incident_clock_missed;
  return standing == Standing::soon ? EventId::incident_clock_soon : EventId::incident_clock_half;
}

}  // namespace

CivilTime Incidents::now() const { return whole(clock_->civil_now()); }

Entry Incidents::entry_by(const Actor& actor, Kind kind) const {
  return {.kind = kind, .written = now(), .account = actor.account, .by = actor.name};
}

Result<Incident> Incidents::find(const Actor& actor, Operation operation, IncidentId id, Told& told) {
  GW_TRY(accounts::authorise(actor, operation, told));
  return shelf_.find(id);
}

Result<Incident> Incidents::writable(const Actor& actor, IncidentId id, Told& told) {
  GW_TRY(Incident incident, find(actor, Operation::incident_keep, id, told));
  if (incident.is_closed) return Error{ErrorCode::incident_closed};
  return incident;
}

/// The record has the beginning of long words, and what all of them were.
void Incidents::seal(const Entry& entry, Event& told) {
  if (entry.words.size() > kForeignTextLimit)
    told.add(Field::digest, to_hex(pki::sha256_of(as_bytes(entry.words))));
}

/// The entry, its record and whatever goes with it: all of it or nothing.
Result<> Incidents::append(const Incident& incident, Entry entry, std::vector<Event> told,
                           const std::function<Result<>()>& with) {
  if (incident.entries.size() >= most_for(entry.kind)) return Error{ErrorCode::incident_full};
  entry.number = incident.entries.size() + 1;
  seal(entry, told.back());
  return chain_(told, [&](std::uint64_t record) -> Result<> {
    entry.record = record;
    GW_TRY(shelf_.put(incident.id, entry));
    return with ? with() : Result<>(Done{});
  });
}

Result<> Incidents::say(Saying& saying, Entry entry, Event told) const {
  if (saying.incident.entries.size() >= most_for(entry.kind)) return Error{ErrorCode::incident_full};
  entry.number = saying.incident.entries.size() + 1;
  seal(entry, told);
  add(saying.incident, entry);
  saying.entries.push_back(std::move(entry));
  saying.told.push_back(std::move(told));
  return Done{};
}

/// All of it or nothing.
Result<> Incidents::write(const Saying& saying) {
  if (saying.entries.empty()) return Done{};
  return chain_(saying.told, [&](std::uint64_t record) -> Result<> {
    record -= saying.entries.size();  // of the one before them
    for (Entry entry : saying.entries) {
      entry.record = ++record;
      GW_TRY(shelf_.put(saying.incident.id, entry));
    }
    return Done{};
  });
}

Result<IncidentId> Incidents::open(const Actor& actor, const Draft& draft, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::incident_keep, told));
  if (const auto error = unsuitable_words(draft.title, kMostTitle, "title")) return *error;
  if (const auto error = unsuitable_times(draft.occurred, draft.detected, now())) return *error;
  GW_TRY(const IncidentId id, shelf_.next_id());
  Saying saying{.actor = actor, .incident = {.id = id}};
  Entry opened = entry_by(actor, Kind::opened);
  opened.words = draft.title;
  GW_TRY(say(saying, opened,
             about(told_of(EventId::incident_opened, actor), id)
                 .add(Field::detail, draft.title)
                 .add(Field::result, "done")));
  if (draft.occurred)
    GW_TRY(say_time(saying, {.moment = Moment::occurred, .at = *draft.occurred, .source = actor.name}));
  if (draft.detected)
    GW_TRY(say_time(saying, {.moment = Moment::detected, .at = *draft.detected, .source = actor.name}));
  for (const ClockKey& clock : draft.clocks) GW_TRY(say_clock(saying, clock, true, actor.name));
  GW_TRY(say_concern(saying, draft.concern));
  GW_TRY(write(saying));
  return id;
}

Result<> Incidents::say_time(Saying& saying, const Statement& statement) const {
  const Incident& incident = saying.incident;
  if (const auto error = unsuitable_words(statement.source, kMostWords, "source")) return *error;
  auto times = std::array{incident.at(Moment::occurred), incident.at(Moment::detected)};
  const auto before = times[static_cast<std::size_t>(statement.moment)];
  times[static_cast<std::size_t>(statement.moment)] = whole(statement.at);
  if (const auto error = unsuitable_times(times[0], times[1], now())) return *error;
  Entry entry = entry_by(saying.actor, Kind::stated);
  entry.what = to_string(statement.moment);
  entry.at = whole(statement.at);
  entry.learnt = statement.learnt == CivilTime{} ? entry.written : whole(statement.learnt);
  entry.words = statement.source;
  if (entry.learnt > entry.written) return unsuitable("learnt: it lies ahead");
  return say(saying, entry,
             about(told_of(EventId::incident_time_stated, saying.actor), incident.id)
                 .add(Field::name, entry.what)
                 .add(Field::before, before ? to_timestamp(*before) : "")
                 .add(Field::after, to_timestamp(entry.at))
                 .add(Field::detail, statement.source)
                 .add(Field::result, "done"));
}

Result<> Incidents::state(const Actor& actor, IncidentId id, const Statement& statement, Told& told) {
  GW_TRY(Incident incident, writable(actor, id, told));
  Saying saying{.actor = actor, .incident = std::move(incident)};
  GW_TRY(say_time(saying, statement));
  return write(saying);
}

Result<> Incidents::say_clock(Saying& saying, const ClockKey& clock, bool runs, std::string_view why) const {
  const Incident& incident = saying.incident;
  if (const auto error = unsuitable_words(why, kMostWords, "words")) return *error;
  const auto found = incident.clocks.find(clock);
  if (runs == (found != incident.clocks.end() && found->second.runs)) return Done{};
  Entry entry = entry_by(saying.actor, runs ? Kind::runs : Kind::rests);
  entry.what = to_string(clock);
  entry.words = why;
  return say(saying, entry,
             about(told_of(EventId::incident_clock_set, saying.actor), incident.id)
                 .add(Field::name, entry.what)
                 .add(Field::after, runs ? "runs" : "rests")
                 .add(Field::detail, why)
                 .add(Field::result, "done"));
}

Result<> Incidents::run(const Actor& actor, IncidentId id, const ClockKey& clock, bool runs,
                        std::string_view why, Told& told) {
  GW_TRY(Incident incident, writable(actor, id, told));
  Saying saying{.actor = actor, .incident = std::move(incident)};
  GW_TRY(say_clock(saying, clock, runs, why));
  return write(saying);
}

Result<> Incidents::note(const Actor& actor, IncidentId id, std::string_view words, Told& told) {
  GW_TRY(const Incident incident, writable(actor, id, told));
  if (const auto error = unsuitable_words(words, kMostWords, "words")) return *error;
  Entry entry = entry_by(actor, Kind::noted);
  entry.words = words;
  return append(incident, entry,
                {about(told_of(EventId::incident_noted, actor), id)
                     .add(Field::detail, words)
                     .add(Field::result, "done")});
}

Result<> Incidents::report(const Actor& actor, IncidentId id, const ClockKey& clock, CivilTime at,
                           std::string_view words, Told& told) {
  GW_TRY(const Incident incident, writable(actor, id, told));
  if (const auto error = unsuitable_words(words, kMostWords, "words")) return *error;
  const auto found = incident.clocks.find(clock);
  if (found == incident.clocks.end() || !found->second.runs)
    return unsuitable("clock: " + std::string(to_string(clock)) + " does not run; have it run first");
  Entry entry = entry_by(actor, Kind::reported);
  entry.what = to_string(clock);
  entry.at = at == CivilTime{} ? entry.written : whole(at);
  entry.words = words;
  if (entry.at > entry.written) return unsuitable("at: it lies ahead");
  return append(incident, entry,
                {about(told_of(EventId::incident_reported, actor), id)
                     .add(Field::name, entry.what)
                     .add(Field::after, to_timestamp(entry.at))
                     .add(Field::detail, words)
                     .add(Field::result, "done")});
}

Result<> Incidents::close(const Actor& actor, IncidentId id, std::string_view words, Told& told) {
  GW_TRY(const Incident incident, writable(actor, id, told));
  if (const auto error = unsuitable_words(words, kMostWords, "words")) return *error;
  std::string open;
  for (const Reckoned& one : reckon(incident, now()))
    if (!one.reported) open.append(open.empty() ? "" : ", ").append(to_string(one.clock));
  if (!open.empty()) return Error{ErrorCode::incident_open_clocks, open};
  Entry entry = entry_by(actor, Kind::closed);
  entry.words = words;
  return append(incident, entry,
                {about(told_of(EventId::incident_closed, actor), id)
                     .add(Field::detail, words)
                     .add(Field::result, "done")});
}

Result<Incident> Incidents::show(const Actor& actor, IncidentId id, Told& told) {
  return find(actor, Operation::incident_read, id, told);
}

Result<std::vector<Incident>> Incidents::list(const Actor& actor, std::size_t most, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::incident_read, told));
  return shelf_.newest(most);
}

Result<> Incidents::tick() {
  GW_TRY(const auto all, shelf_.open());
  for (const Incident& one : all) {
    Incident incident = one;
    for (const Reckoned& clock : to_warn(one, now())) {
      const Entry entry{.kind = Kind::warned,
                        .written = now(),
                        .what = to_string(clock.clock),
                        .at = *clock.span->ends,
                        .words = std::string(to_string(clock.standing))};
      const Result<> warned = append(incident, entry,
                                     {about(Event(event_of(clock.standing)), incident.id)
                                          .add(Field::name, entry.what)
                                          .add(Field::until, to_timestamp(entry.at))});
      if (!warned && warned.error().code == ErrorCode::incident_full) break;  // the others' clocks run on
      GW_TRY(warned);
      incident.entries.push_back(entry);
    }
  }
  return Done{};
}

}  // namespace gw::incidents
