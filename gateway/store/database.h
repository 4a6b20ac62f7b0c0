#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gw::store {

/// One line of SQL with places for values (?1, ?2, …), made ready once and run as often as wanted. Lives no
/// longer than its Database.
class Statement {
 public:
  Statement& bind(int place, std::uint64_t number);
  Statement& bind(int place, std::string_view text);
  Statement& bind(int place, Bytes octets);
  /// True: a row is there; false: it has come to its end. store.failed, store.full.
  Result<bool> step();
  /// To its end, for what gives no rows; ready for the next values then.
  Result<> run();
  /// Ready for the next values.
  void reset();

  /// Of the row that is there; columns count from zero. Views end with the next step.
  std::uint64_t number(int column) const;
  std::string_view text(int column) const;
  Bytes octets(int column) const;

 private:
  friend class Database;
  struct Ender {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Ender> statement_;
};

/// A SQLite database in one file, for one process alone: write-ahead log, on the disk when a transaction ends
/// (synchronous=FULL). One thread.
class Database {
 public:
  /// Makes it if it is missing. Each migration is run once, in order, or of later ones what undoes them:
  /// behind a line `-- back` (decisions/0077). store.damaged: no database, or no way back; store.failed.
  static Result<Database> open(const std::string& path, std::span<const char* const> migrations);

  Result<Statement> prepare(const char* sql);
  Result<> run(const char* sql);

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  friend class Deadline;
  explicit Database(sqlite3* handle) : handle_(handle) {}
  Result<> migrate(std::span<const char* const> migrations);
  std::unique_ptr<sqlite3, Closer> handle_;
};

/// While it lives, whatever the database is asked for ends in store.failed once the time is over.
class Deadline {
 public:
  Deadline(Database& database, std::chrono::milliseconds most);
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline();

 private:
  Database& database_;
  Instant until_;
};

/// Everything between its beginning and commit(), or nothing of it.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace gw::store
