#include "control/record_store.h"

#include <algorithm>
#include <iterator>

#include "accounts/schema.h"
#include "changes/schema.h"
#include "control/evidence_shelf.h"
#include "detect/schema.h"
#include "incidents/schema.h"
#include "maintenance/schema.h"
#include "orders/schema.h"
#include "review/schema.h"
#include "setup/schema.h"

namespace gw::control {
namespace {

constexpr const char* kMigrations[] = {
    R"(CREATE TABLE records(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, tenant TEXT NOT NULL,
                            terminal TEXT NOT NULL, service TEXT NOT NULL, event TEXT NOT NULL,
                            line TEXT NOT NULL, link BLOB NOT NULL) STRICT;
       CREATE INDEX records_by_time ON records(at);
       CREATE INDEX records_by_event ON records(event);
       CREATE INDEX records_by_terminal ON records(terminal, at) WHERE terminal <> '';
       CREATE TRIGGER records_are_never_changed BEFORE UPDATE ON records
         BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
       CREATE TRIGGER records_are_never_removed BEFORE DELETE ON records
         BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
       CREATE TABLE checkpoints(number INTEGER PRIMARY KEY, time INTEGER NOT NULL, link BLOB NOT NULL,
                                signature BLOB NOT NULL, key BLOB NOT NULL) STRICT;
       CREATE TABLE sender(only INTEGER PRIMARY KEY CHECK (only = 1), run TEXT NOT NULL,
                           serial INTEGER NOT NULL) STRICT;
       CREATE TABLE keepsakes(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;)",
    // All that records of a terminal are looked for by, so that the others' pages are not read.
    R"(DROP INDEX records_by_terminal;
       CREATE INDEX records_by_terminal ON records(terminal, at, tenant, service, event)
         WHERE terminal <> '';)",
    accounts::kMigrations[0],
    changes::kMigrations[0],
    changes::kMigrations[1],
    maintenance::kMigrations[0],
    review::kMigrations[0],
    // What was added up of a month (LOG-06); it stands when its records are gone (LOG-05).
    R"(CREATE TABLE summaries(month TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
                              link BLOB NOT NULL, english TEXT NOT NULL, japanese TEXT NOT NULL,
                              json TEXT NOT NULL) STRICT, WITHOUT ROWID;
       CREATE TRIGGER summaries_are_never_changed BEFORE UPDATE ON summaries
         BEGIN SELECT RAISE(ABORT, 'summaries are never changed'); END;
       CREATE TRIGGER summaries_are_never_removed BEFORE DELETE ON summaries
         BEGIN SELECT RAISE(ABORT, 'summaries are never removed'); END;)",
    // Who did it and what came of it (LOG-06); what the lines say already is only written beside them. One
    // that somebody has made unreadable keeps no box from starting: the chain tells of it. When rules were
    // used last (WLS-06).
    R"(DROP TRIGGER records_are_never_changed;
       ALTER TABLE records ADD COLUMN administrator TEXT NOT NULL DEFAULT '';
       ALTER TABLE records ADD COLUMN result TEXT NOT NULL DEFAULT '';
       UPDATE records SET administrator = coalesce(json_extract(line, '$.administrator'), ''),
                          result = coalesce(json_extract(line, '$.result'), json_extract(line, '$.reason'), '')
         WHERE json_valid(line);
       CREATE TRIGGER records_are_never_changed BEFORE UPDATE ON records
         BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
       CREATE TABLE rule_use(rule TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;
       CREATE INDEX records_by_administrator ON records(administrator, at) WHERE administrator <> '';
       CREATE INDEX records_by_result ON records(result, at) WHERE result <> '';)",
    setup::kMigrations[0],
    EvidenceShelf::kMigration,
    incidents::kMigrations[0],
    EvidenceShelf::kHoldMigration,
    orders::kMigrations[0],
    detect::kMigrations[0],
    incidents::kMigrations[1],
    orders::kMigrations[1],
    detect::kMigrations[1],
    orders::kMigrations[2],
};

/// Records are not written down while others are looked for.
constexpr std::chrono::milliseconds kMostSearch{500};
constexpr std::size_t kMostFound = 4u << 20;  // octets
constexpr std::chrono::hours kLately{7 * 24};

std::string_view text_in(const Event& event, Field field) {
  const auto& entries = event.entries();
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Event::Entry& entry) { return entry.field == field; });
  return found == entries.end() ? std::string_view() : std::string_view(found->text);
}

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

/// A word of a query, and the column it is about.
struct Row {
  std::string model::RecordQuery::*word;
  const char* condition;
};
constexpr Row kWords[] = {
    {&model::RecordQuery::terminal, " AND terminal = ?5 AND terminal <> ''"},
    {&model::RecordQuery::tenant, " AND tenant = ?4"},
    {&model::RecordQuery::service, " AND service = ?6"},
    {&model::RecordQuery::event, " AND event = ?7"},
    {&model::RecordQuery::administrator, " AND administrator = ?9 AND administrator <> ''"},
    {&model::RecordQuery::result, " AND result = ?10 AND result <> ''"}};

/// First which they are, out of an index if that will do; then their lines.
std::string question_of(const model::RecordQuery& query) {
  std::string sql =
      "SELECT number, line FROM records WHERE number IN"
      " (SELECT number FROM records WHERE number < ?1 AND at >= ?2 AND at < ?3";
  for (const Row& row : kWords)
    if (!(query.*row.word).empty()) sql += row.condition;
  return sql + " ORDER BY number DESC LIMIT ?8) ORDER BY number DESC";
}

template <std::size_t N>
std::array<std::uint8_t, N> copied(Bytes octets, std::array<std::uint8_t, N> out) {
  if (octets.size() == N) std::ranges::copy(octets, out.begin());
  return out;
}

}  // namespace

Result<RecordStore> RecordStore::open(const std::string& folder, std::uint64_t reserve) {
  GW_TRY(auto database, store::Database::open(folder + "/records.db", kMigrations));
  RecordStore records(std::move(database), folder, reserve);
  GW_TRY(records.look());
  return records;
}

/// Where it stands.
Result<> RecordStore::look() {
  GW_TRY(auto tail, database_->prepare("SELECT number, link FROM records ORDER BY number DESC LIMIT 1"));
  GW_TRY(const bool has_tail, tail.step());
  last_ = has_tail ? tail.number(0) : 0;
  link_ = has_tail ? copied(tail.octets(1), audit::Link{}) : audit::Link{};
  GW_TRY(look_for_beginning());
  GW_TRY(auto checkpoint, database_->prepare("SELECT max(number) FROM checkpoints"));
  GW_TRY(checkpoint.step());
  last_signed_ = checkpoint.number(0);
  GW_TRY(auto sender, database_->prepare("SELECT run, serial FROM sender"));
  GW_TRY(const bool has_sender, sender.step());
  run_ = has_sender ? std::string(sender.text(0)) : std::string();
  serial_ = has_sender ? sender.number(1) : 0;
  return Done{};
}

Result<> RecordStore::put(store::Statement& insert, const audit::Record& record) {
  const std::string line = audit::line_of(last_ + 1, record);
  link_ = audit::link_of(link_, line);
  insert.bind(1, ++last_).bind(2, milliseconds_of(record.time)).bind(3, std::string_view(record.tenant));
  insert.bind(4, text_in(record.event, Field::terminal)).bind(5, text_in(record.event, Field::service));
  insert.bind(6, to_string(record.event.id())).bind(7, std::string_view(line)).bind(8, Bytes(link_));
  const std::string_view result = text_in(record.event, Field::result);
  insert.bind(9, text_in(record.event, Field::administrator));
  insert.bind(10, result.empty() ? text_in(record.event, Field::reason) : result);
  return insert.run();
}

Result<> RecordStore::put_all(std::span<const audit::Record> records) {
  GW_TRY(auto insert, database_->prepare(kInsertRecord));
  for (const audit::Record& record : records) GW_TRY(put(insert, record));
  return Done{};
}

/// A transaction. Numbers and links go on from where the store stands only if it ends well.
Result<> RecordStore::attempt(const std::function<Result<>()>& write) {
  const auto last = last_;
  const auto link = link_;
  const auto whole = [&]() -> Result<> {
    GW_TRY(auto transaction, store::Transaction::begin(*database_));
    GW_TRY(write());
    return transaction.commit();
  };
  const Result<> written = whole();
  if (!written) {
    last_ = last;
    link_ = link;
  }
  return written;
}

/// Once more, with the room that was set aside, if the disk is full.
Result<> RecordStore::in_one(const std::function<Result<>()>& write) {
  const Result<> written = attempt(write);
  const bool is_full = !written && written.error().code == ErrorCode::store_full;
  if (!is_full || reserve_.state() != store::Reserve::State::whole) return written;
  GW_TRY(reserve_.release());
  return attempt(write);
}

Result<> RecordStore::append(const std::string& run, std::uint64_t serial,
                             std::span<const audit::Record> records) {
  const std::uint64_t kept = kept_of(run);
  const std::uint64_t known = kept < serial ? 0 : kept - serial + 1;
  if (known >= records.size()) return Done{};
  GW_TRY(in_one([&]() -> Result<> {
    GW_TRY(put_all(records.subspan(known)));
    GW_TRY(auto sender, database_->prepare("INSERT OR REPLACE INTO sender VALUES(1, ?1, ?2)"));
    return sender.bind(1, std::string_view(run)).bind(2, serial + records.size() - 1).run();
  }));
  run_ = run;
  serial_ = serial + records.size() - 1;
  return Done{};
}

Result<> RecordStore::together(std::span<const audit::Record> records,
                               const std::function<Result<>()>& with) {
  return in_one([&]() -> Result<> {
    GW_TRY(put_all(records));
    return with();
  });
}

Result<> RecordStore::keep(const audit::SignedCheckpoint& one) {
  GW_TRY(auto insert, database_->prepare("INSERT INTO checkpoints VALUES(?1, ?2, ?3, ?4, ?5)"));
  insert.bind(1, one.checkpoint.number).bind(2, static_cast<std::uint64_t>(one.checkpoint.time.count()));
  insert.bind(3, Bytes(one.checkpoint.link)).bind(4, Bytes(one.signature)).bind(5, Bytes(one.public_key));
  GW_TRY(insert.run());
  last_signed_ = one.checkpoint.number;
  return Done{};
}

Result<std::vector<RecordStore::Found>> RecordStore::find(const model::RecordQuery& query,
                                                          std::uint64_t before, std::size_t most) {
  constexpr std::uint64_t kNever = INT64_MAX;
  GW_TRY(auto question, database_->prepare(question_of(query).c_str()));
  question.bind(1, std::min(before, kNever)).bind(2, static_cast<std::uint64_t>(query.from.count()));
  question.bind(3, query.until.count() > 0 ? static_cast<std::uint64_t>(query.until.count()) : kNever);
  question.bind(4, std::string_view(query.tenant)).bind(5, std::string_view(query.terminal));
  question.bind(6, std::string_view(query.service))
      .bind(7, std::string_view(query.event))
      .bind(8, std::uint64_t{most});
  question.bind(9, std::string_view(query.administrator)).bind(10, std::string_view(query.result));
  const store::Deadline deadline(*database_, kMostSearch);
  std::vector<Found> found;
  for (std::size_t octets = 0; octets < kMostFound;) {
    GW_TRY(const bool is_there, question.step());
    if (!is_there) break;
    found.push_back({question.number(0), std::string(question.text(1))});
    octets += found.back().line.size();
  }
  return found;
}

Result<RecordStore::Piece> RecordStore::chain(std::uint64_t from, std::size_t most_octets) {
  GW_TRY(auto rows,
         database_->prepare(
             "SELECT r.number, r.line, r.link, c.time, c.link, c.signature, c.key FROM records r "
             "LEFT JOIN checkpoints c ON c.number = r.number WHERE r.number >= ?1 ORDER BY r.number"));
  rows.bind(1, from);
  Piece piece{{}, from};
  while (piece.text.size() < most_octets) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) break;
    const std::uint64_t number = rows.number(0);
    piece.text += audit::write_record(rows.text(1), copied(rows.octets(2), audit::Link{}));
    piece.next = number + 1;
    if (rows.octets(5).empty()) continue;
    const Bytes signature = rows.octets(5), key = rows.octets(6);
    piece.text += audit::write_checkpoint(
        {{number, copied(rows.octets(4), audit::Link{}), std::chrono::seconds(rows.number(3))},
         {signature.begin(), signature.end()},
         {key.begin(), key.end()}});
  }
  if (piece.next > last_) {
    GW_TRY(piece.text, with_orphans(std::move(piece.text)));
  }
  return piece;
}

Result<std::vector<RecordStore::Kept>> RecordStore::read(std::uint64_t from, std::size_t most) {
  GW_TRY(auto rows, database_->prepare("SELECT number, line, link FROM records WHERE number >= ?1 "
                                       "ORDER BY number LIMIT ?2"));
  rows.bind(1, from).bind(2, std::uint64_t{most});
  std::vector<Kept> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    out.push_back({rows.number(0), std::string(rows.text(1)), copied(rows.octets(2), audit::Link{})});
  }
}

/// Checkpoints of records that are there no more: whoever cut them off is told on by these.
Result<std::string> RecordStore::with_orphans(std::string text) {
  GW_TRY(auto rows, database_->prepare("SELECT number, time, link, signature, key FROM checkpoints "
                                       "WHERE number > ?1 ORDER BY number LIMIT 100"));
  rows.bind(1, last_);
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return text;
    const Bytes signature = rows.octets(3), key = rows.octets(4);
    text += audit::write_checkpoint(
        {{rows.number(0), copied(rows.octets(2), audit::Link{}), std::chrono::seconds(rows.number(1))},
         {signature.begin(), signature.end()},
         {key.begin(), key.end()}});
  }
}

Result<audit::Link> RecordStore::link_before(std::uint64_t number) {
  if (number <= first_) return before_;
  GW_TRY(auto before,
         database_->prepare("SELECT link FROM records WHERE number < ?1 ORDER BY number DESC LIMIT 1"));
  GW_TRY(const bool is_there, before.bind(1, number).step());
  return is_there ? copied(before.octets(0), audit::Link{}) : audit::Link{};
}

Result<std::uint64_t> RecordStore::number_of(const char* question) {
  GW_TRY(auto answer, database_->prepare(question));
  GW_TRY(const bool is_there, answer.step());
  return is_there ? answer.number(0) : 0;
}

Result<Growth> RecordStore::growth(CivilTime now) {
  GW_TRY(const auto pages, number_of("PRAGMA page_count"));
  GW_TRY(const auto unused, number_of("PRAGMA freelist_count"));
  GW_TRY(const auto page, number_of("PRAGMA page_size"));
  GW_TRY(const auto first, number_of("SELECT min(number) FROM records"));
  GW_TRY(const auto evidence, number_of("SELECT coalesce(sum(size), 0) FROM evidence"));
  const std::uint64_t used = (pages - unused) * page;
  Growth out{.octets = used - std::min(used, evidence), .records = last_ == 0 ? 0 : last_ - first + 1};
  GW_TRY(auto oldest,
         database_->prepare("SELECT number, at FROM records WHERE at >= ?1 ORDER BY at LIMIT 1"));
  GW_TRY(const bool is_there, oldest.bind(1, milliseconds_of(now - kLately)).step());
  if (!is_there) return out;
  out.recent = last_ - oldest.number(0) + 1;
  out.while_ = std::chrono::seconds((milliseconds_of(now) - oldest.number(1)) / 1'000);
  return out;
}

Result<Forecast> RecordStore::forecast(CivilTime now) {
  GW_TRY(const Growth found, growth(now));
  GW_TRY(const std::uint64_t left, room_left());
  GW_TRY(const auto unused, number_of("PRAGMA freelist_count"));  // what was removed left its room here
  GW_TRY(const auto page, number_of("PRAGMA page_size"));
  return forecast_of(found, left + unused * page);
}

Result<std::optional<std::string>> RecordStore::keepsake(std::string_view name) {
  GW_TRY(auto value, database_->prepare("SELECT value FROM keepsakes WHERE name = ?1"));
  GW_TRY(const bool is_there, value.bind(1, name).step());
  return is_there ? std::optional(std::string(value.text(0))) : std::nullopt;
}

Result<> RecordStore::keep_keepsake(std::string_view name, std::string_view value) {
  GW_TRY(auto insert, database_->prepare("INSERT OR REPLACE INTO keepsakes VALUES(?1, ?2)"));
  return insert.bind(1, name).bind(2, value).run();
}

}  // namespace gw::control
