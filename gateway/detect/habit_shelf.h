#pragma once

#include "detect/habits.h"
#include "store/database.h"

namespace gw::detect {

/// What was learnt of terminals, in a database with the tables of schema.h, which outlives it. Errors are
/// those of the store. One thread.
class HabitShelf {
 public:
  explicit HabitShelf(store::Database& database) : database_(&database) {}

  /// What cannot be read is learnt anew.
  Result<Habits> all();
  /// Within somebody else's transaction: what has changed. Say was_kept() once that is done.
  Result<> put(const Habits& habits);

 private:
  store::Database* database_;
};

}  // namespace gw::detect
