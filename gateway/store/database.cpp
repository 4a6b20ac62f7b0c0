#include "store/database.h"

#include <sqlite3.h>

#include <cstdio>

namespace gw::store {
namespace {

Error error_of(sqlite3* handle, int code) {
  const char* words = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorCode::store_full, words};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::store_damaged, words};
    case SQLITE_INTERRUPT:
      return {ErrorCode::store_failed, "it takes too long; ask for less"};
    default:
      return {ErrorCode::store_failed, words};
  }
}

/// The system's own way to files, but for one thing: a path is taken as it is. The library would make it
/// absolute, and whoever stands in a folder may not walk there from the root.
const char* plain_paths() {
  constexpr const char* kName = "plain-paths";
  static sqlite3_vfs vfs = [] {
    sqlite3_initialize();
    sqlite3_vfs own = *sqlite3_vfs_find(nullptr);
    own.zName = kName;
    own.xFullPathname = [](sqlite3_vfs*, const char* path, int room, char* out) {
      return std::snprintf(out, static_cast<std::size_t>(room), "%s", path) < room ? SQLITE_OK
                                                                                   : SQLITE_CANTOPEN;
    };
    return own;
  }();
  sqlite3_vfs_register(&vfs, 0);
  return kName;
}

constexpr std::string_view kBack = "\n-- back\n";

Result<> set_version(Database& database, std::uint64_t version) {
  return database.run(("PRAGMA user_version=" + std::to_string(version)).c_str());
}

Result<> make_ways_back(Database& database) {
  return database.run(
      "CREATE TABLE IF NOT EXISTS ways_back(version INTEGER PRIMARY KEY, sql TEXT NOT NULL) STRICT");
}

/// What takes the migration away again is kept for a program that does not know it.
Result<> go_on(Database& database, std::string_view migration, std::uint64_t version) {
  GW_TRY(Transaction step, Transaction::begin(database));
  const std::size_t back = migration.find(kBack);
  GW_TRY(database.run(std::string(migration.substr(0, back)).c_str()));
  if (back != migration.npos) {
    GW_TRY(make_ways_back(database));
    GW_TRY(Statement keep, database.prepare("INSERT OR REPLACE INTO ways_back VALUES(?1, ?2)"));
    GW_TRY(keep.bind(1, version).bind(2, migration.substr(back + kBack.size())).run());
  }
  GW_TRY(set_version(database, version));
  return step.commit();
}

Result<> go_back_from(Database& database, std::uint64_t version) {
  GW_TRY(Statement kept, database.prepare("SELECT sql FROM ways_back WHERE version = ?1"));
  GW_TRY(const bool is_kept, kept.bind(1, version).step());
  if (!is_kept)
    return Error{ErrorCode::store_damaged,
                 "the database is of a later version than this program, and has no way back"};
  const std::string way(kept.text(0));
  kept.reset();
  GW_TRY(database.run(way.c_str()));
  GW_TRY(Statement forget, database.prepare("DELETE FROM ways_back WHERE version = ?1"));
  return forget.bind(1, version).run();
}

/// To what this program knows, or nowhere.
Result<> go_back(Database& database, std::uint64_t version, std::uint64_t known) {
  GW_TRY(Transaction step, Transaction::begin(database));
  GW_TRY(make_ways_back(database));
  for (; version > known; --version) GW_TRY(go_back_from(database, version));
  GW_TRY(set_version(database, known));
  return step.commit();
}

}  // namespace

void Statement::Ender::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Statement& Statement::bind(int place, std::uint64_t number) {
  sqlite3_bind_int64(statement_.get(), place, static_cast<sqlite3_int64>(number));
  return *this;
}
Statement& Statement::bind(int place, std::string_view text) {
  const char* octets = text.empty() ? "" : text.data();  // nowhere would be NULL
  sqlite3_bind_text64(statement_.get(), place, octets, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind(int place, Bytes octets) {
  sqlite3_bind_blob64(statement_.get(), place, octets.data(), octets.size(), SQLITE_TRANSIENT);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(sqlite3_db_handle(statement_.get()), code);
}

Result<> Statement::run() {
  const Result<bool> stepped = step();
  reset();
  if (!stepped) return stepped.error();
  return Done{};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::uint64_t Statement::number(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}
std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}
Bytes Statement::octets(int column) const {
  const auto* octets = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return {octets, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error_of(handle_.get(), code);
  return Statement(statement);
}

Result<> Database::run(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(handle_.get(), code);
  return Done{};
}

Result<Database> Database::open(const std::string& path, std::span<const char* const> migrations) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, plain_paths());
  Database database(handle);
  if (code != SQLITE_OK) return error_of(handle, code);
  // 16 MiB of pages and a write-ahead log of as much: the pages that an index is written to all over the
  // place are written back once for many transactions. Alone with the file, so the index of the write-ahead
  // log is in this process's memory and in no file.
  GW_TRY(
      database.run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                   "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; "
                   "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"));
  GW_TRY(database.migrate(migrations));
  return database;
}

Result<> Database::migrate(std::span<const char* const> migrations) {
  GW_TRY(Statement version, prepare("PRAGMA user_version"));
  GW_TRY(version.step());
  std::uint64_t found = version.number(0);
  version.reset();
  if (found > migrations.size()) return go_back(*this, found, migrations.size());
  for (; found < migrations.size(); ++found) GW_TRY(go_on(*this, migrations[found], found + 1));
  return Done{};
}

Deadline::Deadline(Database& database, std::chrono::milliseconds most)
    : database_(database), until_(system_clock().now() + most) {
  constexpr int kSteps = 10'000;  // of SQLite's machine between two looks at the clock
  sqlite3_progress_handler(
      database_.handle_.get(), kSteps,
      [](void* until) { return system_clock().now() >= *static_cast<const Instant*>(until) ? 1 : 0; },
      &until_);
}

Deadline::~Deadline() { sqlite3_progress_handler(database_.handle_.get(), 0, nullptr, nullptr); }

Result<Transaction> Transaction::begin(Database& database) {
  GW_TRY(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->run("ROLLBACK");
}

Result<> Transaction::commit() {
  GW_TRY(database_->run("COMMIT"));
  database_ = nullptr;
  return Done{};
}

}  // namespace gw::store
