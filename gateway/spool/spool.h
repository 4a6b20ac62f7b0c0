#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "spool/gap_book.h"
#include "spool/pace.h"
#include "store/reserve.h"

namespace gw::spool {

/// Something for the operations centre.
struct Item {
  Class of{};
  std::chrono::milliseconds at{0};  ///< when it happened, since 1970
  std::string octets{};             ///< at most kMostItem
};
inline constexpr std::size_t kMostItem = 60u << 10;

/// The same with its number: each class counts its own from one on, without end and without a gap.
struct Entry {
  std::uint64_t number = 0;
  Item item{};
};

/// How a class stands. last = delivered + entries + dropped + condensed.
struct Tally {
  std::uint64_t last = 0;          ///< the number given last
  std::uint64_t acknowledged = 0;  ///< nothing up to this number waits
  std::uint64_t entries = 0, octets = 0;
  std::uint64_t dropped = 0;    ///< given up for want of room, ever
  std::uint64_t condensed = 0;  ///< gone because a later one says it better, or by thinning, ever
  std::chrono::milliseconds acknowledged_at{0};  ///< when something arrived last, since 1970; zero: never
  std::chrono::milliseconds oldest{0};           ///< since when the oldest waits; zero: none does
};

/// What waits until the operations centre has it, on the disk, for days (F3). What put() was given is there
/// after a power cut (LOG-09). Each class has its own room; when that is used up its oldest goes, and that is
/// told. A full disk takes from the least important class first, for which a little room is set aside. One
/// thread.
class Spool {
 public:
  /// Octets a second that are handed out, and how many at once. 16 KiB a second bring seven days of dark
  /// across in half an hour; ten thousand boxes behind one carrier need no more than 160 MB/s for it.
  static constexpr std::uint64_t kPace = 16u << 10, kAtOnce = 256u << 10;

  /// What is set aside for when the disk is full, in octets: to put things in order with.
  static constexpr std::uint64_t kReserve = 4u << 20;

  /// In `folder`, which is there. store.damaged, store.failed.
  static Result<Spool> open(const std::string& folder, Instant now, const Budgets& budgets = usual_budgets(),
                            std::uint64_t reserve = kReserve);

  /// All or none, and `mark` with them: up to where the caller's source is read. store.full: there is no room
  /// for it even without all that is less important. store.failed.
  Result<> put(std::span<const Item> items, std::uint64_t mark);
  std::uint64_t mark() const { return mark_; }

  /// The oldest of a class that nobody has at the moment, in their order: at most so many octets, and no more
  /// than the pace allows, of which records leave figures a part; none if that is too little for the first.
  /// They stay until acknowledged.
  Result<std::vector<Entry>> take(Class of, std::uint64_t most, Instant now);
  /// They arrived, up to that number; `at` is since 1970.
  Result<> acknowledge(Class of, std::uint64_t last, std::chrono::milliseconds at);
  /// Whoever had taken some is gone: they wait again.
  void release();

  Result<Tally> tally(Class of);
  GapBook& gaps() { return gaps_; }

 private:
  Spool(store::Database database, store::Reserve reserve, const Budgets& budgets, Instant now)
      : database_(std::make_unique<store::Database>(std::move(database))),
        gaps_(*database_),
        reserve_(std::move(reserve)),
        budgets_(budgets),
        pace_(kPace, kAtOnce, now) {}
  Result<> look();
  Result<> attempt(std::span<const Item> items, std::uint64_t mark);
  Result<> insert(const Item& item);
  Result<> make_room(Class of, std::uint64_t octets);
  Result<> condense(Class of, const Item& newest);
  Result<> keep_newest(Class of);
  Result<> drop_what_was_had_in_vain(Class of);
  Result<> thin(Class of, const Item& newest);
  Result<> condense_by(const char* sql, Class of, std::initializer_list<std::uint64_t> numbers);
  Result<bool> make_room_on_disk(Class for_it);
  Result<std::uint64_t> drop_oldest(Class of, std::uint64_t octets);
  Result<> run(const char* sql, Class of, std::initializer_list<std::uint64_t> numbers);
  std::uint64_t& taken(Class of) { return taken_[static_cast<std::size_t>(of)]; }

  std::unique_ptr<store::Database> database_;  // stays where it is
  GapBook gaps_;
  store::Reserve reserve_;
  Budgets budgets_;
  Pace pace_;
  std::uint64_t mark_ = 0;
  std::array<std::uint64_t, kClasses> taken_{};  // the last number that somebody has
};

}  // namespace gw::spool
