#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detect/episodes.h"
#include "store/database.h"

namespace gw::detect {

/// What was detected, with who has seen to it (IDS-04).
struct Shelved {
  Episode episode{};
  CivilTime seen{};  ///< zero: nobody has
  std::string seen_by{};
  std::string note{};
};

/// What was detected, in a database with the tables of schema.h, which outlives it. Keeps as many as
/// kMostOfKind of each kind, so that a flood of one makes no other go; those that are over and seen go first.
/// Errors are those of the store. One thread.
class Shelf {
 public:
  static constexpr std::size_t kMostOfKind = 300;

  explicit Shelf(store::Database& database) : database_(&database) {}

  /// Within somebody else's transaction. As it is now; who has seen it stays.
  Result<> put(const Episode& episode);
  /// Those that are not over, the oldest first.
  Result<std::vector<Episode>> standing();
  Result<std::uint64_t> next_number();
  Result<std::optional<Shelved>> find(std::uint64_t number);
  /// The newest `most`, the newest first.
  Result<std::vector<Shelved>> newest(std::size_t most);
  /// Those that nobody has seen to, the newest `most`.
  Result<std::vector<Shelved>> unseen(std::size_t most);
  /// Somebody has. Within somebody else's transaction.
  Result<> see(std::uint64_t number, CivilTime at, std::string_view by, std::string_view note);
  /// Those of that severity which began at `before` or earlier, nobody has seen to, and nobody was reminded
  /// of.
  Result<std::vector<Episode>> overdue(Severity severity, CivilTime before);
  Result<> remind(std::uint64_t number);
  /// How many nobody has seen to, of each severity.
  Result<std::array<std::uint64_t, 2>> unseen_counts();
  /// Down to kMostOfKind of each. The newest stays, since numbers go on from it.
  Result<> trim();

 private:
  Result<std::vector<Shelved>> all(store::Statement& rows);
  store::Database* database_;
};

}  // namespace gw::detect
