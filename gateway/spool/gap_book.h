#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "spool/classes.h"
#include "store/database.h"

namespace gw::spool {

/// Entries of a class that were given up before they were delivered, one behind the other.
struct Gap {
  Class of{};
  std::uint64_t first = 0, last = 0;  ///< numbers
  std::uint64_t count = 0;            ///< how many were given up; others of these numbers had gone before
  std::chrono::milliseconds from{0}, until{0};  ///< when they came, since 1970
};

/// What was given up and not told yet. Everything happens in whatever transaction the caller has. One thread.
class GapBook {
 public:
  explicit GapBook(store::Database& database) : database_(database) {}

  /// Part of a gap beside it, unless something in between waits or was delivered (`acknowledged`).
  Result<> add(const Gap& lost, std::uint64_t acknowledged);
  /// Those behind which something was delivered: they grow no more. Oldest first.
  Result<std::vector<Gap>> closed();
  /// Somebody wrote it down elsewhere.
  Result<> remove(const Gap& gap);

 private:
  store::Database& database_;
};

}  // namespace gw::spool
