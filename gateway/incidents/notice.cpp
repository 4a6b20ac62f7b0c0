#include "incidents/notice.h"

#include <algorithm>

#include "base/jst.h"

namespace gw::incidents {
namespace {

/// What the box can know of an incident.
enum class Fact : std::uint8_t {
  blank,
  title,
  site,
  occurred,
  detected,
  measures,
  told,
  frozen,
  ends,
  services,
  clinic,
};

struct Head {
  std::string_view id, title, to, english;
  ClockId clock;
  std::optional<Party> party;
};
using enum Party;
constexpr std::nullopt_t nobody = std::nullopt;
constexpr Head kHeads[] = {
#define GW_NOTICE(name, id, title, to, english, clock, party) {id, title, to, english, ClockId::clock, party},
#define GW_NOTICE_ROW(notice, heading, fact, hint)
#include "incidents/notices.def"
#undef GW_NOTICE
#undef GW_NOTICE_ROW
};

struct Row {
  NoticeId notice;
  std::string_view heading;
  Fact fact;
  std::string_view hint;
};
constexpr Row kRows[] = {
#define GW_NOTICE(name, id, title, to, english, clock, party)
#define GW_NOTICE_ROW(notice, heading, fact, hint) {NoticeId::notice, heading, Fact::fact, hint},
#include "incidents/notices.def"
#undef GW_NOTICE
#undef GW_NOTICE_ROW
};
const Head& head(NoticeId notice) { return kHeads[static_cast<std::size_t>(notice)]; }

/// Puts a line to the row, and the record that says so.
void add(NoticeRow& row, std::string_view line, std::uint64_t record) {
  if (!row.text.empty()) row.text += "\n";
  row.text.append(line);
  if (record != 0) row.records.push_back(record);
}

void add_moment(NoticeRow& row, const Incident& incident, Moment moment) {
  const auto found = incident.times.find(moment);
  if (found == incident.times.end()) return;
  const Entry& said = found->second;
  add(row, shown_time(said.at) + "(" + said.words + "による。" + shown_time(said.learnt) + " に判明)",
      said.record);
}

void add_entries(NoticeRow& row, const Incident& incident, Kind kind) {
  for (const Entry& entry : incident.entries) {
    if (entry.kind != kind) continue;
    const auto clock = parse_key(entry.what);
    const std::string whom = clock ? words_of(*clock, Language::japanese) + ": " : "";
    add(row, shown_time(kind == Kind::reported ? entry.at : entry.written) + " " + whom + entry.words,
        entry.record);
  }
}

void add_frozen(NoticeRow& row, const Incident& incident) {
  for (const Frozen& one : incident.frozen)
    add(row,
        "証跡 " + std::to_string(one.entry.evidence) + ": 装置の記録 " + std::to_string(one.entry.first) +
            " 〜 " + std::to_string(one.entry.last) + "(" + shown_time(one.entry.written) + " に " +
            one.entry.by + " が凍結、装置の署名つき)",
        one.entry.record);
}

/// Of the clock that the notice is about, if it runs.
void add_end(NoticeRow& row, const Incident& incident, ClockId clock, CivilTime now) {
  for (const Reckoned& one : reckon(incident, now)) {
    const bool is_longer = clock == ClockId::ppc_final && one.clock.id == ClockId::ppc_final_intent;
    if (!one.span || (one.clock.id != clock && !is_longer)) continue;
    const std::string until = one.span->ends ? shown_time(*one.span->ends) + " まで" : "速やかに";
    add(row, until + "(" + std::string(rule(one.clock).clause) + ")",
        incident.times.at(rule(one.clock).anchor).record);
  }
}

void add_services(NoticeRow& row, const Incident& incident) {
  for (const auto& [service, said] : incident.services) add(row, service, said.record);
}

std::string line_of(const Ways& ways) {
  return ways.desk + ": " + ways.main +
         (ways.alternative.empty() ? "" : "(つながらないとき " + ways.alternative + ")") +
         (ways.hours.empty() ? "" : " " + ways.hours);
}

/// Of a service's vendor those of the services that the incident is about.
std::vector<std::string> ways_to(std::optional<Party> party, const Incident& incident, const Known& known) {
  std::vector<std::string> out;
  for (const Contact& one : known.contacts) {
    const bool is_meant = one.key.service.empty() || incident.services.contains(one.key.service);
    if (one.key.party != party || !is_meant || !one.ways) continue;
    out.push_back((one.key.service.empty() ? "" : one.key.service + " ") + line_of(*one.ways));
  }
  return out;
}

NoticeRow filled(const Row& from, const Incident& incident, const Known& known) {
  NoticeRow out{
      .heading = std::string(from.heading), .text = {}, .records = {}, .hint = std::string(from.hint)};
  switch (from.fact) {
    case Fact::blank:
      break;
    case Fact::title:
      add(out, incident.title(), incident.entries.front().record);
      break;
    case Fact::site:
      if (!known.site.empty()) add(out, known.site, 0);
      break;
    case Fact::occurred:
      add_moment(out, incident, Moment::occurred);
      break;
    case Fact::detected:
      add_moment(out, incident, Moment::detected);
      break;
    case Fact::measures:
      add_entries(out, incident, Kind::noted);
      break;
    case Fact::told:
      add_entries(out, incident, Kind::reported);
      break;
    case Fact::frozen:
      add_frozen(out, incident);
      break;
    case Fact::ends:
      add_end(out, incident, head(from.notice).clock, known.now);
      break;
    case Fact::services:
      add_services(out, incident);
      break;
    case Fact::clinic:
      for (const std::string& way : ways_to(Party::clinic, incident, known)) add(out, way, 0);
      break;
  }
  return out;
}

std::string records_of(const NoticeRow& row) {
  std::string out;
  for (const std::uint64_t record : row.records)
    out += (out.empty() ? "記録 " : "、") + std::to_string(record);
  return out;
}

}  // namespace

std::string_view to_string(NoticeId notice) { return head(notice).id; }

std::optional<NoticeId> parse_notice(std::string_view id) {
  const auto* const found = std::ranges::find(kHeads, id, &Head::id);
  if (found == std::end(kHeads)) return std::nullopt;
  return static_cast<NoticeId>(found - std::begin(kHeads));
}

std::string shown_time(CivilTime time) {
  const std::string text = to_jst_text(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()));
  return text.substr(0, 10) + " " + text.substr(11, 5) + " (日本時間)";
}

std::size_t Notice::blanks() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const NoticeRow& row) { return row.text.empty(); }));
}

Notice draft(NoticeId notice, const Incident& incident, const Known& known) {
  Notice out{.notice = notice,
             .incident = incident.id,
             .title = std::string(head(notice).title),
             .to = std::string(head(notice).to),
             .ways = ways_to(head(notice).party, incident, known),
             .made = known.now,
             .rows = {}};
  for (const Row& row : kRows)
    if (row.notice == notice) out.rows.push_back(filled(row, incident, known));
  return out;
}

std::string text_of(const Notice& notice) {
  std::string out = notice.title + "(下書き)\n宛先: " + notice.to + "\n";
  for (const std::string& way : notice.ways) out += "連絡先: " + way + "\n";
  out += "作成: " + shown_time(notice.made) + "、事故 " + std::to_string(notice.incident.number()) + "\n";
  for (const NoticeRow& row : notice.rows) {
    out += "\n■ " + row.heading + "\n";
    out += row.text.empty() ? "【" + std::string(kToFillIn) + "】" : row.text;
    if (!row.hint.empty()) out += "\n  (記入の手引き: " + row.hint + ")";
    if (!row.records.empty()) out += "\n  (装置の" + records_of(row) + ")";
    out += "\n";
  }
  return out;
}

}  // namespace gw::incidents
