#include "incidents/shelf.h"

namespace gw::incidents {
namespace {

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
CivilTime time_of(std::uint64_t milliseconds) { return CivilTime(std::chrono::milliseconds(milliseconds)); }

Result<Entry> entry_of(const store::Statement& row) {
  const auto kind = parse_kind(row.text(1));
  if (!kind) return Error{ErrorCode::store_damaged, "an entry of an incident cannot be read"};
  return Entry{.number = row.number(0),
               .kind = *kind,
               .written = time_of(row.number(2)),
               .account = accounts::AccountId(row.number(3)),
               .by = std::string(row.text(4)),
               .what = std::string(row.text(5)),
               .at = time_of(row.number(6)),
               .learnt = time_of(row.number(7)),
               .words = std::string(row.text(8)),
               .evidence = row.number(9),
               .first = row.number(10),
               .last = row.number(11),
               .record = row.number(12)};
}

}  // namespace

Result<IncidentId> Shelf::next_id() {
  GW_TRY(auto last, database_->prepare("SELECT coalesce(max(incident), 0) FROM incident_entries"));
  GW_TRY(last.step());
  return IncidentId(last.number(0) + 1);
}

Result<Incident> Shelf::find(IncidentId id) {
  GW_TRY(auto rows,
         database_->prepare("SELECT number, kind, written, account, by, what, at, learnt, words, evidence, "
                            "first, last, record FROM incident_entries WHERE incident = ?1 ORDER BY number"));
  rows.bind(1, id.number());
  std::vector<Entry> entries;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) break;
    GW_TRY(Entry entry, entry_of(rows));
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) return Error{ErrorCode::incident_unknown};
  return incident_of(id, std::move(entries));
}

Result<std::vector<Incident>> Shelf::all(store::Statement& ids) {
  std::vector<Incident> out;
  for (;;) {
    GW_TRY(const bool is_there, ids.step());
    if (!is_there) return out;
    GW_TRY(Incident one, find(IncidentId(ids.number(0))));
    out.push_back(std::move(one));
  }
}

Result<std::vector<Incident>> Shelf::newest(std::size_t most) {
  GW_TRY(auto ids, database_->prepare(
                       "SELECT DISTINCT incident FROM incident_entries ORDER BY incident DESC LIMIT ?1"));
  ids.bind(1, std::uint64_t{most});
  return all(ids);
}

Result<std::vector<Incident>> Shelf::open() {
  GW_TRY(auto ids,
         database_->prepare("SELECT DISTINCT incident FROM incident_entries WHERE incident NOT IN (SELECT "
                            "incident FROM incident_entries WHERE kind = 'closed') ORDER BY incident"));
  return all(ids);
}

Result<> Shelf::put(IncidentId id, const Entry& entry) {
  GW_TRY(auto row, database_->prepare("INSERT INTO incident_entries VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                                      "?9, ?10, ?11, ?12, ?13, ?14)"));
  row.bind(1, id.number()).bind(2, entry.number).bind(3, to_string(entry.kind));
  row.bind(4, milliseconds_of(entry.written)).bind(5, entry.account.number());
  row.bind(6, std::string_view(entry.by)).bind(7, std::string_view(entry.what));
  row.bind(8, milliseconds_of(entry.at)).bind(9, milliseconds_of(entry.learnt));
  row.bind(10, std::string_view(entry.words)).bind(11, entry.evidence).bind(12, entry.first);
  return row.bind(13, entry.last).bind(14, entry.record).run();
}

Result<std::optional<std::uint64_t>> Shelf::held_from() {
  GW_TRY(auto row, database_->prepare("SELECT coalesce(min(first), 0) FROM held_evidence"));
  GW_TRY(row.step());
  const std::uint64_t first = row.number(0);
  return first == 0 ? std::nullopt : std::optional(first);
}

}  // namespace gw::incidents
