#include "detect/shelf.h"

#include <algorithm>

namespace gw::detect {
namespace {

#define GW_DETECTION_COLUMNS                                                                          \
  "SELECT number, kind, tenant, subject, detail, first, last, count, over, seen, seen_by, note FROM " \
  "detections "

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
CivilTime time_of(std::uint64_t milliseconds) { return CivilTime(std::chrono::milliseconds(milliseconds)); }

std::optional<Shelved> row_of(const store::Statement& row) {
  const auto kind = parse_kind(row.text(1));
  if (!kind) return std::nullopt;  // of a version that comes after this one
  return Shelved{.episode = {.number = row.number(0),
                             .kind = *kind,
                             .tenant = std::string(row.text(2)),
                             .subject = std::string(row.text(3)),
                             .detail = std::string(row.text(4)),
                             .first = time_of(row.number(5)),
                             .last = time_of(row.number(6)),
                             .count = row.number(7),
                             .is_over = row.number(8) != 0},
                 .seen = time_of(row.number(9)),
                 .seen_by = std::string(row.text(10)),
                 .note = std::string(row.text(11))};
}

std::vector<Episode> episodes_of(std::vector<Shelved> all) {
  std::vector<Episode> out;
  for (Shelved& one : all) out.push_back(std::move(one.episode));
  return out;
}

}  // namespace

Result<std::vector<Shelved>> Shelf::all(store::Statement& rows) {
  std::vector<Shelved> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    if (auto one = row_of(rows)) out.push_back(std::move(*one));
  }
}

Result<> Shelf::put(const Episode& episode) {
  GW_TRY(auto row,
         database_->prepare(
             "INSERT INTO detections(number, kind, tenant, subject, detail, first, last, count, over) "
             "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(number) DO UPDATE SET "
             "detail = ?5, last = ?7, count = ?8, over = ?9"));
  row.bind(1, episode.number).bind(2, rule(episode.kind).id).bind(3, std::string_view(episode.tenant));
  row.bind(4, std::string_view(episode.subject)).bind(5, std::string_view(episode.detail));
  row.bind(6, milliseconds_of(episode.first)).bind(7, milliseconds_of(episode.last));
  return row.bind(8, episode.count).bind(9, std::uint64_t{episode.is_over}).run();
}

Result<std::vector<Episode>> Shelf::standing() {
  GW_TRY(auto rows, database_->prepare(GW_DETECTION_COLUMNS "WHERE over = 0 ORDER BY number"));
  GW_TRY(auto found, all(rows));
  return episodes_of(std::move(found));
}

Result<std::uint64_t> Shelf::next_number() {
  GW_TRY(auto row, database_->prepare("SELECT coalesce(max(number), 0) + 1 FROM detections"));
  GW_TRY(row.step());
  return row.number(0);
}

Result<std::optional<Shelved>> Shelf::find(std::uint64_t number) {
  GW_TRY(auto row, database_->prepare(GW_DETECTION_COLUMNS "WHERE number = ?1"));
  GW_TRY(const bool is_there, row.bind(1, number).step());
  return is_there ? row_of(row) : std::nullopt;
}

Result<std::vector<Shelved>> Shelf::newest(std::size_t most) {
  GW_TRY(auto rows, database_->prepare(GW_DETECTION_COLUMNS "ORDER BY number DESC LIMIT ?1"));
  rows.bind(1, std::uint64_t{most});
  return all(rows);
}

Result<std::vector<Shelved>> Shelf::unseen(std::size_t most) {
  GW_TRY(auto rows, database_->prepare(GW_DETECTION_COLUMNS "WHERE seen = 0 ORDER BY number DESC LIMIT ?1"));
  rows.bind(1, std::uint64_t{most});
  return all(rows);
}

Result<> Shelf::see(std::uint64_t number, CivilTime at, std::string_view by, std::string_view note) {
  GW_TRY(auto row,
         database_->prepare("UPDATE detections SET seen = ?2, seen_by = ?3, note = ?4 WHERE number = ?1"));
  return row.bind(1, number).bind(2, milliseconds_of(at)).bind(3, by).bind(4, note).run();
}

Result<std::vector<Episode>> Shelf::overdue(Severity severity, CivilTime before) {
  GW_TRY(auto rows, database_->prepare(GW_DETECTION_COLUMNS
                                       "WHERE seen = 0 AND reminded = 0 AND first <= ?1 ORDER BY number"));
  rows.bind(1, milliseconds_of(before));
  GW_TRY(auto found, all(rows));
  std::erase_if(found, [&](const Shelved& one) { return rule(one.episode.kind).severity != severity; });
  return episodes_of(std::move(found));
}

Result<> Shelf::remind(std::uint64_t number) {
  GW_TRY(auto row, database_->prepare("UPDATE detections SET reminded = 1 WHERE number = ?1"));
  return row.bind(1, number).run();
}

Result<std::array<std::uint64_t, 2>> Shelf::unseen_counts() {
  GW_TRY(auto rows, database_->prepare("SELECT kind, count(*) FROM detections WHERE seen = 0 GROUP BY kind"));
  std::array<std::uint64_t, 2> out{};
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    if (const auto kind = parse_kind(rows.text(0)))
      out[static_cast<std::size_t>(rule(*kind).severity)] += rows.number(1);
  }
}

Result<> Shelf::trim() {
  GW_TRY(auto rows, database_->prepare(
                        "DELETE FROM detections WHERE over = 1 AND number IN (SELECT number FROM (SELECT "
                        "number, row_number() OVER (PARTITION BY kind ORDER BY over, seen = 0 DESC, number "
                        "DESC) AS place FROM detections) WHERE place > ?1) "
                        "AND number < (SELECT max(number) FROM detections)"));
  return rows.bind(1, std::uint64_t{kMostOfKind}).run();
}

}  // namespace gw::detect
