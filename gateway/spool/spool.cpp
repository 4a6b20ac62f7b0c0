#include "spool/spool.h"

#include <algorithm>

namespace gw::spool {
namespace {

// The tallies follow the entries by themselves.
constexpr const char* kMigrations[] = {
    R"(CREATE TABLE classes(class INTEGER PRIMARY KEY, last INTEGER NOT NULL DEFAULT 0,
                            acknowledged INTEGER NOT NULL DEFAULT 0, entries INTEGER NOT NULL DEFAULT 0,
                            octets INTEGER NOT NULL DEFAULT 0, dropped INTEGER NOT NULL DEFAULT 0,
                            condensed INTEGER NOT NULL DEFAULT 0, thinned_until INTEGER NOT NULL DEFAULT 0) STRICT;
       INSERT INTO classes(class) VALUES(0), (1), (2), (3);
       CREATE TABLE entries(class INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
                            octets BLOB NOT NULL, PRIMARY KEY(class, number)) STRICT;
       CREATE INDEX entries_by_time ON entries(class, at);
       CREATE TABLE gaps(class INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                         count INTEGER NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL,
                         PRIMARY KEY(class, first)) STRICT, WITHOUT ROWID;
       CREATE TABLE source(only INTEGER PRIMARY KEY CHECK (only = 1), mark INTEGER NOT NULL) STRICT;
       INSERT INTO source VALUES(1, 0);
       CREATE TRIGGER an_entry_came AFTER INSERT ON entries BEGIN
         UPDATE classes SET last = new.number, entries = entries + 1, octets = octets + length(new.octets)
           WHERE class = new.class;
       END;
       CREATE TRIGGER an_entry_went AFTER DELETE ON entries BEGIN
         UPDATE classes SET entries = entries - 1, octets = octets - length(old.octets) WHERE class = old.class;
       END;)",
    "ALTER TABLE classes ADD COLUMN acknowledged_at INTEGER NOT NULL DEFAULT 0",
};
static_assert(kClasses == 4, "another class needs its row in another migration");

constexpr const char* kThin =
    "DELETE FROM entries WHERE class = ?1 AND at >= ?2 AND at < ?3 AND number > ?4 AND number NOT IN "
    "(SELECT min(number) FROM entries WHERE class = ?1 AND at >= ?2 AND at < ?3 GROUP BY at / ?5)";

/// Of what the pace allows records leave so much to state and figures, by which people are called: whoever
/// has many records written would keep those from being told.
constexpr std::uint64_t kForFigures = 64u << 10;
static_assert(kForFigures > kMostItem && Spool::kAtOnce - kForFigures > kMostItem);

bool is_of_records(Class of) { return of == Class::audit || of == Class::events; }

std::uint64_t count_of(std::chrono::milliseconds time) { return static_cast<std::uint64_t>(time.count()); }

}  // namespace

Result<Spool> Spool::open(const std::string& folder, Instant now, const Budgets& budgets,
                          std::uint64_t reserve) {
  GW_TRY(auto database, store::Database::open(folder + "/spool.db", kMigrations));
  Spool spool(std::move(database), store::Reserve(folder, reserve, "spool.reserve"), budgets, now);
  GW_TRY(spool.look());
  return spool;
}

/// Where it stands.
Result<> Spool::look() {
  GW_TRY(auto source, database_->prepare("SELECT mark FROM source"));
  GW_TRY(source.step());
  mark_ = source.number(0);
  release();
  return Done{};
}

/// A statement whose first value is the class.
Result<> Spool::run(const char* sql, Class of, std::initializer_list<std::uint64_t> numbers) {
  GW_TRY(auto statement, database_->prepare(sql));
  statement.bind(1, static_cast<std::uint64_t>(of));
  int place = 1;
  for (const std::uint64_t number : numbers) statement.bind(++place, number);
  return statement.run();
}

Result<Tally> Spool::tally(Class of) {
  GW_TRY(auto row, database_->prepare(
                       "SELECT last, acknowledged, entries, octets, dropped, condensed, acknowledged_at, "
                       "(SELECT min(at) FROM entries WHERE class = ?1) FROM classes WHERE class = ?1"));
  GW_TRY(row.bind(1, static_cast<std::uint64_t>(of)).step());
  return Tally{row.number(0),
               row.number(1),
               row.number(2),
               row.number(3),
               row.number(4),
               row.number(5),
               std::chrono::milliseconds(row.number(6)),
               std::chrono::milliseconds(row.number(7))};
}

// ---------------------------------------------------------------- in

Result<> Spool::put(std::span<const Item> items, std::uint64_t mark) {
  Class first = kLastClass;
  for (const Item& item : items) first = std::min(first, item.of);
  Result<> written = attempt(items, mark);
  while (!written && written.error().code == ErrorCode::store_full) {
    GW_TRY(const bool is_more_room, make_room_on_disk(first));
    if (!is_more_room) return written;
    written = attempt(items, mark);
  }
  if (written) reserve_.set_aside();
  return written;
}

Result<> Spool::attempt(std::span<const Item> items, std::uint64_t mark) {
  GW_TRY(auto transaction, store::Transaction::begin(*database_));
  for (const Item& item : items) GW_TRY(insert(item));
  GW_TRY(auto statement, database_->prepare("UPDATE source SET mark = ?1"));
  GW_TRY(statement.bind(1, mark).run());
  GW_TRY(transaction.commit());
  mark_ = mark;
  return Done{};
}

Result<> Spool::insert(const Item& item) {
  GW_CHECK(item.octets.size() <= kMostItem, "nothing larger than this is for the operations centre");
  GW_TRY(make_room(item.of, item.octets.size()));
  GW_TRY(const Tally before, tally(item.of));
  GW_TRY(auto insert, database_->prepare("INSERT INTO entries VALUES(?1, ?2, ?3, ?4)"));
  insert.bind(1, static_cast<std::uint64_t>(item.of)).bind(2, before.last + 1).bind(3, count_of(item.at));
  GW_TRY(insert.bind(4, as_bytes(item.octets)).run());
  return condense(item.of, item);
}

Result<> Spool::make_room(Class of, std::uint64_t octets) {
  GW_TRY(const Tally before, tally(of));
  const std::uint64_t budget = budgets_[static_cast<std::size_t>(of)];
  if (before.octets + octets <= budget) return Done{};
  GW_TRY(drop_oldest(of, before.octets + octets - budget));
  return Done{};
}

/// What nobody has at the moment goes, the oldest first, until that many octets are free; how many are.
Result<std::uint64_t> Spool::drop_oldest(Class of, std::uint64_t octets) {
  GW_TRY(auto rows, database_->prepare("SELECT number, at, length(octets) FROM entries "
                                       "WHERE class = ?1 AND number > ?2 ORDER BY number"));
  rows.bind(1, static_cast<std::uint64_t>(of)).bind(2, taken(of));
  Gap gap{of, 0, 0, 0, {}, {}};
  std::uint64_t freed = 0;
  while (freed < octets) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) break;
    const std::chrono::milliseconds at(rows.number(1));
    if (gap.count++ == 0) gap.first = rows.number(0), gap.from = gap.until = at;
    gap.last = rows.number(0);
    gap.from = std::min(gap.from, at);
    gap.until = std::max(gap.until, at);
    freed += rows.number(2);
  }
  rows.reset();
  if (gap.count == 0) return freed;
  GW_TRY(run("DELETE FROM entries WHERE class = ?1 AND number > ?2 AND number <= ?3", of,
             {taken(of), gap.last}));
  GW_TRY(run("UPDATE classes SET dropped = dropped + ?2 WHERE class = ?1", of, {gap.count}));
  GW_TRY(const Tally now, tally(of));
  GW_TRY(gaps_.add(gap, now.acknowledged));
  return freed;
}

/// The disk is full: a quarter goes of the least important class that has anything. Where all is kept, the
/// old does not go for the new: whoever has it keeps it until there is room. False: nothing more can be done.
Result<bool> Spool::make_room_on_disk(Class for_it) {
  const bool had_reserve = reserve_.state() == store::Reserve::State::whole;
  if (had_reserve) GW_TRY(reserve_.release());
  // So that the log is written from its beginning again and need not grow for what follows.
  GW_TRY(database_->run("PRAGMA wal_checkpoint(RESTART)"));
  for (std::size_t i = kClasses; i-- > static_cast<std::size_t>(for_it);) {
    const auto of = static_cast<Class>(i);
    GW_TRY(const Tally now, tally(of));
    if (now.entries == 0 || (of == for_it && keeping_of(of) == Keeping::all)) continue;
    GW_TRY(auto transaction, store::Transaction::begin(*database_));
    GW_TRY(const std::uint64_t freed, drop_oldest(of, now.octets / 4 + 1));
    GW_TRY(transaction.commit());
    if (freed > 0) return true;
  }
  return had_reserve;
}

/// What a later one says better goes, but for what somebody has at the moment.
Result<> Spool::condense(Class of, const Item& newest) {
  switch (keeping_of(of)) {
    case Keeping::all:
      return Done{};
    case Keeping::newest:
      return keep_newest(of);
    case Keeping::thinned:
      return thin(of, newest);
  }
  return Done{};
}

Result<> Spool::keep_newest(Class of) {
  GW_TRY(const Tally now, tally(of));
  if (now.entries < 2) return Done{};
  return condense_by("DELETE FROM entries WHERE class = ?1 AND number > ?2 AND number < ?3", of,
                     {taken(of), now.last});
}

Result<> Spool::thin(Class of, const Item& newest) {
  const auto until = (newest.at - thin_after(of)) / kSlot * kSlot;  // whole slots
  if (until <= std::chrono::milliseconds::zero()) return Done{};
  GW_TRY(auto state, database_->prepare("SELECT thinned_until FROM classes WHERE class = ?1"));
  GW_TRY(state.bind(1, static_cast<std::uint64_t>(of)).step());
  if (count_of(until) <= state.number(0)) return Done{};
  GW_TRY(condense_by(kThin, of, {state.number(0), count_of(until), taken(of), count_of(kSlot)}));
  state.reset();
  return run("UPDATE classes SET thinned_until = ?2 WHERE class = ?1", of, {count_of(until)});
}

Result<> Spool::condense_by(const char* sql, Class of, std::initializer_list<std::uint64_t> numbers) {
  GW_TRY(const Tally before, tally(of));
  GW_TRY(run(sql, of, numbers));
  GW_TRY(const Tally after, tally(of));
  return run("UPDATE classes SET condensed = condensed + ?2 WHERE class = ?1", of,
             {before.entries - after.entries});
}

// ---------------------------------------------------------------- out

/// Of what only the newest counts for, once there is a newer one.
Result<> Spool::drop_what_was_had_in_vain(Class of) {
  if (keeping_of(of) != Keeping::newest) return Done{};
  GW_TRY(auto transaction, store::Transaction::begin(*database_));
  GW_TRY(keep_newest(of));
  return transaction.commit();
}

Result<std::vector<Entry>> Spool::take(Class of, std::uint64_t most, Instant now) {
  GW_TRY(drop_what_was_had_in_vain(of));
  std::vector<Entry> out;
  const std::uint64_t allowed = pace_.allowance(now), kept = is_of_records(of) ? kForFigures : 0;
  std::uint64_t left = std::min(most, allowed - std::min(allowed, kept));
  GW_TRY(auto rows, database_->prepare("SELECT number, at, octets FROM entries "
                                       "WHERE class = ?1 AND number > ?2 ORDER BY number"));
  rows.bind(1, static_cast<std::uint64_t>(of)).bind(2, taken(of));
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there || rows.octets(2).size() > left) return out;
    const Bytes octets = rows.octets(2);
    left -= octets.size();
    pace_.spend(octets.size());
    taken(of) = rows.number(0);
    out.push_back(
        {rows.number(0), {of, std::chrono::milliseconds(rows.number(1)), std::string(as_text(octets))}});
  }
}

Result<> Spool::acknowledge(Class of, std::uint64_t last, std::chrono::milliseconds at) {
  const std::uint64_t known = std::min(last, taken(of));  // nobody acknowledges what he was not given
  GW_TRY(auto transaction, store::Transaction::begin(*database_));
  GW_TRY(run("DELETE FROM entries WHERE class = ?1 AND number <= ?2", of, {known}));
  GW_TRY(
      run("UPDATE classes SET acknowledged = ?2, acknowledged_at = ?3 WHERE class = ?1 AND acknowledged < ?2",
          of, {known, count_of(at)}));
  return transaction.commit();
}

void Spool::release() { taken_.fill(0); }

}  // namespace gw::spool
