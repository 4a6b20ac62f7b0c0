#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "changes/change.h"
#include "store/database.h"

namespace gw::changes {

/// Changes as rows of a database with the tables of schema.h, which outlives it. Nothing here decides.
/// One thread. Errors: store.failed, store.full, store.damaged.
class Shelf {
 public:
  /// Configurations of changes that ended otherwise than confirmed, to try once more from.
  static constexpr std::size_t kMostUnconfirmed = 10;
  /// Configurations that were confirmed.
  static constexpr std::size_t kMostConfirmed = 35;

  explicit Shelf(store::Database& database) : database_(&database) {}

  Result<> add(const Change& change, Bytes sources);
  Result<> update(const Change& change);
  Result<std::optional<Change>> find(ChangeNumber number);
  /// The newest first.
  Result<std::vector<Change>> newest(std::size_t most);
  Result<std::optional<Change>> in_flight();
  Result<std::optional<Change>> last_confirmed();
  Result<ChangeNumber> last();
  /// The sealed configuration; nothing once it was pruned.
  Result<std::optional<std::vector<std::uint8_t>>> sources(ChangeNumber number);
  /// Lets configurations go that nobody goes back to any more.
  Result<> prune();

 private:
  Result<std::vector<Change>> select(const char* sql, std::uint64_t value);
  Result<std::optional<Change>> one(const char* sql, std::uint64_t value);

  store::Database* database_;
};

}  // namespace gw::changes
