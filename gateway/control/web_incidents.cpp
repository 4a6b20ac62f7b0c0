// Incidents, as those who have to tell somebody of them see them (INC-01, INC-03, INC-04).

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "control/box_statement.h"
#include "control/evidence_office.h"
#include "control/freeze_files.h"
#include "control/notice_targets.h"
#include "control/web_handlers.h"
#include "incidents/notice.h"
#include "pki/certificate.h"

namespace gw::control::web {
namespace {

using incidents::ClockId;
using incidents::ClockKey;
using Concern = incidents::Incidents::Concern;
using incidents::Entry;
using incidents::Frozen;
using incidents::Incident;
using incidents::IncidentId;
using incidents::Moment;
using incidents::Reckoned;

constexpr std::uint64_t kUsual = 100;
/// What came before it was noticed is looked at as well.
constexpr std::chrono::hours kBefore{24};

IncidentId number_in(const WebAsk& ask) { return IncidentId(ask.number(0, 0)); }

Error unsuitable(std::string why) { return {ErrorCode::incident_unsuitable, std::move(why)}; }

Result<ClockKey> clock_in(std::string_view id) {
  const auto clock = incidents::parse_key(id);
  if (!clock) return unsuitable("clock: there is none called " + std::string(id));
  return *clock;
}

/// Of the services and the kinds that stand at those places.
Result<Concern> concern_in(const WebAsk& ask, const WebAround& around, std::size_t services,
                           std::size_t kinds) {
  GW_TRY(auto targets,
         notice_targets(ask.items(services), around.reviews.rules().rules(), around.evidence.profiles()));
  Concern out{std::move(targets), {}};
  for (const std::string& id : ask.items(kinds)) {
    const auto nature = incidents::parse_nature(id);
    if (!nature) return unsuitable("kinds: there is none called " + id);
    out.natures.push_back(*nature);
  }
  return out;
}

std::optional<CivilTime> time_in(const WebAsk& ask, std::size_t at) {
  return ask.has(at) ? std::optional(ask.time(at)) : std::nullopt;
}

// ---------------------------------------------------------------- as JSON

std::string json_of(ClockId id) {
  const incidents::Rule& rule = incidents::rule(id);
  return JsonObject()
      .text("clock", rule.id)
      .text("japanese", rule.japanese)
      .text("english", rule.english)
      .text("anchor", to_string(rule.anchor))
      .text("clause", rule.clause)
      .text("basis", rule.basis)
      .take();
}

std::string json_of(incidents::Nature nature) {
  std::vector<std::string> clocks;
  for (const ClockId clock : incidents::clocks_of(nature)) clocks.emplace_back(to_string(clock));
  return JsonObject()
      .text("kind", to_string(nature))
      .text("japanese", words_of(nature, Language::japanese))
      .text("english", words_of(nature, Language::english))
      .raw("clocks", json_texts(clocks))
      .take();
}

std::string json_of(const Reckoned& one) {
  const incidents::Rule& rule = incidents::rule(one.clock);
  JsonObject out;
  out.text("clock", to_string(one.clock))
      .text("japanese", words_of(one.clock, Language::japanese))
      .text("english", words_of(one.clock, Language::english))
      .text("anchor", to_string(rule.anchor))
      .text("clause", rule.clause)
      .text("basis", rule.basis)
      .text("standing", to_string(one.standing));
  if (one.span) add_time(out, "from", one.span->from);
  if (one.span && one.span->ends) {
    add_time(out, "aim", *one.span->aim);
    add_time(out, "ends", *one.span->ends);
  }
  if (one.reported) {
    add_time(out, "reported", one.reported->at);
    add_text(out, "words", one.reported->words);
  }
  return out.take();
}

std::string json_of(const Entry& entry) {
  JsonObject out;
  out.number("number", entry.number)
      .text("kind", to_string(entry.kind))
      .text("written", time_text(entry.written));
  add_text(out, "by", entry.by);
  add_text(out, "what", entry.what);
  add_time(out, "at", entry.at);
  add_time(out, "learnt", entry.learnt);
  add_text(out, "words", entry.words);
  if (entry.evidence != 0) out.number("evidence", entry.evidence);
  if (entry.first != 0) out.number("first", entry.first).number("last", entry.last);
  return out.number("record", entry.record).take();
}

void add_moment(JsonObject& out, const Incident& incident, Moment moment) {
  if (const auto at = incident.at(moment)) add_time(out, to_string(moment), *at);
}

std::string json_of(const Incident& incident, CivilTime now) {
  const Entry& opened = incident.entries.front();
  JsonObject out;
  out.number("incident", incident.id.number())
      .text("title", incident.title())
      .text("opened", time_text(opened.written))
      .text("by", opened.by)
      .flag("is_closed", incident.is_closed);
  add_moment(out, incident, Moment::occurred);
  add_moment(out, incident, Moment::detected);
  std::vector<std::string> kinds;
  for (const incidents::Nature nature : incident.natures) kinds.emplace_back(to_string(nature));
  const auto of_service = [](const auto& named) {
    return JsonObject().text("service", named.first).text("words", named.second.words).take();
  };
  return out.raw("services", json_each(incident.services, of_service))
      .raw("kinds", json_texts(kinds))
      .raw("clocks",
           json_each(incidents::reckon(incident, now), [](const Reckoned& one) { return json_of(one); }))
      .take();
}

std::string json_of(const Frozen& one, bool is_signed) {
  JsonObject out;
  out.number("evidence", one.entry.evidence)
      .text("frozen", time_text(one.entry.written))
      .text("by", one.entry.by)
      .number("first", one.entry.first)
      .number("last", one.entry.last)
      .flag("signed", is_signed);
  if (one.lifted) out.text("lifted", time_text(one.lifted->written)).text("lifted_by", one.lifted->by);
  return out.take();
}

/// It may be gone once nobody holds it.
bool is_signed(const Frozen& one, const WebAround& around) {
  const auto found = around.evidence.find(one.entry.evidence);
  return found && found->is_signed();
}

std::string json_of(const incidents::NoticeRow& row) {
  std::vector<std::string> records;
  for (const std::uint64_t record : row.records) records.push_back(std::to_string(record));
  JsonObject out;
  out.text("heading", row.heading);
  add_text(out, "text", row.text);
  add_text(out, "hint", row.hint);
  return out.raw("records", json_texts(records)).take();
}

// ---------------------------------------------------------------- freezing

CivilTime begin_of(const Incident& incident) {
  CivilTime out = incident.entries.front().written;
  for (const auto& [moment, said] : incident.times) out = std::min(out, said.at);
  return out - kBefore;
}

Result<WebAnswer> freeze(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  GW_TRY(const Incident incident, around.incidents.may_freeze(ask.actor, number_in(ask), ask.told));
  const CivilTime from = time_in(ask, 1).value_or(begin_of(incident));
  GW_TRY(const std::uint64_t first, around.store.first_since(from));
  const Extent extent{first, around.store.last(), from};
  if (first > extent.last) return unsuitable("from: there are no records since then");
  GW_TRY(const evidence::Document document, statement_of(ask, around, sight));
  GW_TRY(auto files, freeze_files(ask, around, sight, incident, extent));
  GW_TRY(const auto prepared,
         around.evidence.prepare(ask.actor, document, std::move(files), incident.id.number()));
  const auto put = [&] { return around.evidence.put(prepared); };
  GW_TRY(around.incidents.freeze(
      ask.actor, incident.id,
      {document.number, extent.first, extent.last, prepared.digest(), prepared.told, put}, ask.told));
  return WebAnswer{.json = JsonObject().number("evidence", document.number).take()};
}

}  // namespace

Result<WebAnswer> incident_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.incidents.list(ask.actor, ask.number(0, kUsual), ask.told));
  const CivilTime now = around.clock.civil_now();
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < incidents::kClocks; ++i) rules.push_back(json_of(static_cast<ClockId>(i)));
  std::vector<std::string> kinds;
  for (std::size_t i = 0; i < incidents::kNatures; ++i)
    kinds.push_back(json_of(static_cast<incidents::Nature>(i)));
  return WebAnswer{
      .json = JsonObject()
                  .raw("incidents", json_each(all, [&](const Incident& one) { return json_of(one, now); }))
                  .raw("rules", json_list(rules))
                  .raw("kinds", json_list(kinds))
                  .raw("services", json_texts(services_of(around.reviews.rules().rules())))
                  .take()};
}

Result<WebAnswer> incident_show(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Incident one, around.incidents.show(ask.actor, number_in(ask), ask.told));
  std::vector<std::string> notices;
  for (std::size_t i = 0; i < incidents::kNotices; ++i)
    notices.emplace_back(to_string(static_cast<incidents::NoticeId>(i)));
  return WebAnswer{
      .json = JsonObject()
                  .raw("incident", json_list({json_of(one, around.clock.civil_now())}))
                  .raw("entries", json_each(one.entries, [](const Entry& entry) { return json_of(entry); }))
                  .raw("evidence", json_each(one.frozen,
                                             [&](const Frozen& frozen) {
                                               return json_of(frozen, is_signed(frozen, around));
                                             }))
                  .raw("drafts", json_texts(notices))
                  .take()};
}

Result<WebAnswer> incident_open(const WebAsk& ask, const WebAround& around) {
  incidents::Incidents::Draft draft{std::string(ask.text(0)), time_in(ask, 1), time_in(ask, 2), {}, {}};
  for (const std::string& id : ask.items(3)) {
    GW_TRY(ClockKey clock, clock_in(id));
    draft.clocks.push_back(std::move(clock));
  }
  GW_TRY(draft.concern, concern_in(ask, around, 4, 5));
  GW_TRY(const IncidentId id, around.incidents.open(ask.actor, draft, ask.told));
  return WebAnswer{.json = JsonObject().number("incident", id.number()).take()};
}

Result<WebAnswer> incident_concern(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Concern concern, concern_in(ask, around, 1, 2));
  return nothing(around.incidents.concern(ask.actor, number_in(ask), concern, ask.told));
}

Result<WebAnswer> incident_state(const WebAsk& ask, const WebAround& around) {
  const auto moment = incidents::parse_moment(ask.text(1));
  if (!moment) return unsuitable("moment: occurred or detected");
  return nothing(around.incidents.state(
      ask.actor, number_in(ask), {*moment, ask.time(2), ask.time(3), std::string(ask.text(4))}, ask.told));
}

Result<WebAnswer> incident_run(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const ClockKey clock, clock_in(ask.text(1)));
  return nothing(
      around.incidents.run(ask.actor, number_in(ask), clock, ask.number(2, 0) != 0, ask.text(3), ask.told));
}

Result<WebAnswer> incident_note(const WebAsk& ask, const WebAround& around) {
  return nothing(around.incidents.note(ask.actor, number_in(ask), ask.text(1), ask.told));
}

Result<WebAnswer> incident_report(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const ClockKey clock, clock_in(ask.text(1)));
  return nothing(
      around.incidents.report(ask.actor, number_in(ask), clock, ask.time(2), ask.text(3), ask.told));
}

Result<WebAnswer> incident_close(const WebAsk& ask, const WebAround& around) {
  return nothing(around.incidents.close(ask.actor, number_in(ask), ask.text(1), ask.told));
}

Result<WebAnswer> incident_draft(const WebAsk& ask, const WebAround& around) {
  const auto id = incidents::parse_notice(ask.text(1));
  if (!id) return unsuitable("notice: there is none called " + std::string(ask.text(1)));
  GW_TRY(const Incident one, around.incidents.show(ask.actor, number_in(ask), ask.told));
  GW_TRY(const auto known, known_for_drafts(around));
  const auto notice = incidents::draft(*id, one, known);
  return WebAnswer{.json =
                       JsonObject()
                           .text("notice", to_string(*id))
                           .text("title", notice.title)
                           .text("to", notice.to)
                           .raw("ways", json_texts(notice.ways))
                           .number("blanks", notice.blanks())
                           .raw("rows", json_each(notice.rows, [](const auto& row) { return json_of(row); }))
                           .text("text", text_of(notice))
                           .text("html", page_of(notice))
                           .take()};
}

Result<WebAnswer> incident_freeze(const WebAsk&, const WebAround&) { return looks<freeze>(); }

Result<WebAnswer> incident_take(const WebAsk& ask, const WebAround& around) {
  const std::uint64_t number = ask.number(1, 0);
  GW_TRY(const Incident incident, around.incidents.show(ask.actor, number_in(ask), ask.told));
  GW_TRY(const KeptEvidence one, around.evidence.find(number));
  if (one.incident != incident.id.number()) return Error{ErrorCode::incident_unknown};
  accounts::Told told;
  GW_TRY(auto taken, around.evidence.take_along(ask.actor, number, told));
  GW_TRY(around.incidents.take(ask.actor, incident.id, number, ask.text(2),
                               to_hex(pki::sha256_of(as_bytes(one.sums))), ask.told));
  std::ranges::move(told, std::back_inserter(ask.told));
  WebAnswer answer;
  answer.octets = std::move(taken);
  return answer;
}

Result<WebAnswer> incident_lift(const WebAsk& ask, const WebAround& around) {
  return nothing(around.incidents.lift(ask.actor, number_in(ask), ask.number(1, 0), ask.text(2), ask.told));
}

}  // namespace gw::control::web
