#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/chain_text.h"
#include "audit/removal.h"
#include "control/forecast.h"
#include "model/record.h"
#include "model/record_class.h"
#include "store/database.h"
#include "store/reserve.h"

namespace gw::control {

/// A disk without room is told of elsewhere, and what is due is tried again.
inline Result<> unless_full(Result<> outcome) {
  const bool is_full = !outcome && outcome.error().code == ErrorCode::store_full;
  return is_full ? Result<>(Done{}) : outcome;
}

/// The box's records, each chained to the one before it (LOG-03), in a database that refuses to change or
/// remove one. What append() was given is on the disk when it returns. One thread.
class RecordStore {
 public:
  /// What is set aside for when the disk is full, in octets: 100,000 records or so.
  static constexpr std::uint64_t kReserve = 64u << 20;

  /// In `folder`, made if it is missing. store.damaged, store.failed.
  static Result<RecordStore> open(const std::string& folder, std::uint64_t reserve = kReserve);

  /// Records of one run of their sender, which numbers them itself, from `serial` on. What is kept already is
  /// passed over, so whoever does not know may send again. All or none. On a full disk it goes into what was
  /// set aside. store.full: that is used up, too. store.failed.
  Result<> append(const std::string& run, std::uint64_t serial, std::span<const audit::Record> records);
  /// What controld itself has to say, and whatever `with` writes into the same database: all of it or
  /// nothing. Errors as append(), and those of `with`.
  Result<> together(std::span<const audit::Record> records, const std::function<Result<>()>& with);
  /// For those whose rows stand beside the records, in tables of their own.
  store::Database& database() { return *database_; }
  /// The run that was heard last, and the serial kept last of one; zero: none.
  const std::string& run() const { return run_; }
  std::uint64_t kept_of(const std::string& run) const { return run == run_ ? serial_ : 0; }

  /// The number of the oldest record that was not removed.
  std::uint64_t first() const { return first_; }
  /// The number of the last record; zero: there is none.
  std::uint64_t last() const { return last_; }
  const audit::Link& link() const { return link_; }
  /// The last record that a checkpoint is about.
  std::uint64_t last_signed() const { return last_signed_; }
  Result<> keep(const audit::SignedCheckpoint& checkpoint);

  struct Found {
    std::uint64_t number = 0;
    std::string line{};
  };
  /// The newest `most` records that fit and whose number is below `before`; the newest first. store.failed
  /// when that takes too long: ask for less.
  Result<std::vector<Found>> find(const model::RecordQuery& query, std::uint64_t before, std::size_t most);

  /// A piece of the chain as text (audit/chain_text.h) without its head, from a number on, and where the next
  /// piece begins; beyond last() when there is none.
  struct Piece {
    std::string text{};
    std::uint64_t next = 0;
  };
  Result<Piece> chain(std::uint64_t from, std::size_t most_octets);
  /// The link before a record.
  Result<audit::Link> link_before(std::uint64_t number);

  struct Kept {
    std::uint64_t number = 0;
    std::string line{};
    audit::Link link{};
  };
  /// From a number on, in their order, `most` of them.
  Result<std::vector<Kept>> read(std::uint64_t from, std::size_t most);

  /// The first record of that moment or later; beyond last() when there is none.
  Result<std::uint64_t> first_since(CivilTime time);

  /// How many of the oldest may go, as their last number; zero: none. Looks at `most` records. None from the
  /// first on that is held for an incident (INC-03).
  Result<std::uint64_t> removable(const model::Spans& keeping, CivilTime now, std::size_t most);
  /// Removes them up to that number, and puts the receipt into the chain in the same step (LOG-05).
  Result<> remove(std::uint64_t last, CivilTime now, std::string_view reason);
  /// When the oldest record was written; nothing if there is none.
  Result<std::optional<std::chrono::milliseconds>> oldest();

  store::Reserve& reserve() { return reserve_; }
  /// Octets that the disk has yet. system.call_failed.
  Result<std::uint64_t> room_left() const { return store::room_left(folder_); }
  /// By how it grew within the last week (CAP-01).
  Result<Forecast> forecast(CivilTime now);

  /// A few octets under a name, such as where a key is; nothing if there are none.
  Result<std::optional<std::string>> keepsake(std::string_view name);
  Result<> keep_keepsake(std::string_view name, std::string_view value);

 private:
  static constexpr const char* kInsertRecord =
      "INSERT INTO records VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

  RecordStore(store::Database database, const std::string& folder, std::uint64_t reserve)
      : database_(std::make_unique<store::Database>(std::move(database))),
        folder_(folder),
        reserve_(folder, reserve) {}
  Result<> look();
  Result<> look_for_beginning();
  Result<> take_away(const audit::Removal& removal, CivilTime now, std::string_view reason);
  Result<> in_one(const std::function<Result<>()>& write);
  Result<> attempt(const std::function<Result<>()>& write);
  Result<> put_all(std::span<const audit::Record> records);
  Result<Growth> growth(CivilTime now);
  Result<std::uint64_t> number_of(const char* question);
  Result<std::string> with_orphans(std::string text);
  Result<> put(store::Statement& insert, const audit::Record& record);

  std::unique_ptr<store::Database> database_;  // stays where it is
  std::string folder_;
  store::Reserve reserve_;
  std::string run_{};
  std::uint64_t serial_ = 0;
  std::uint64_t first_ = 1;
  audit::Link before_{};  // in front of the first
  std::uint64_t last_ = 0;
  std::uint64_t last_signed_ = 0;
  audit::Link link_{};
};

}  // namespace gw::control
