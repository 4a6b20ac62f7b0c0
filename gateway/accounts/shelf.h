#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "accounts/account.h"
#include "store/database.h"

namespace gw::accounts {

/// The rows of accounts in a database with the tables of schema.h, which outlives it. A row that cannot be
/// read is store.damaged; other errors are those of the store. One thread.
class Shelf {
 public:
  explicit Shelf(store::Database& database) : database_(&database) {}

  /// The row for unknown names, and the one of the bootstrap secret. `bootstrap` counts if there is none yet.
  Result<> prepare(const std::optional<CodeHash>& bootstrap);

  /// One query whether there is such a name or not: otherwise it is the row of nobody.
  Result<Account> find_or_nobody(std::string_view name);
  /// account.unknown.
  Result<Account> find(std::string_view name);
  Result<Account> find(AccountId id);
  Result<std::vector<Account>> all();
  /// Whole; a new one, with id zero, gets its number. store.failed if another one has its name.
  Result<> put(Account& account);

  struct Bootstrap {
    bool is_used = false;
    std::optional<CodeHash> secret{};  ///< until it is used
    AccountId account{};               ///< who has claimed the box with it
  };
  Result<Bootstrap> bootstrap();
  Result<> put(const Bootstrap& bootstrap);

  /// Everything until commit(), or nothing.
  Result<store::Transaction> begin() { return store::Transaction::begin(*database_); }

 private:
  Result<> write(const Account& account);
  Result<AccountId> next_id();
  store::Database* database_;
};

}  // namespace gw::accounts
