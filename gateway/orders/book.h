#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "orders/order.h"
#include "pki/certificate.h"
#include "store/database.h"

namespace gw::orders {

/// An order that was taken, and what has become of it.
struct Entry {
  Order order{};
  pki::Sha256 digest{};  ///< of its document
  std::string head{};    ///< of its document, as it was signed
  pki::Sha256 signer{};  ///< the key's fingerprint; zeros: nobody has written it down
  CivilTime taken{};
  State state = State::under_way;
  std::uint64_t change = 0;  ///< the number of the change that it proposes; zero: none (yet)
  bool is_begun = false;     ///< the box was asked to carry it out, and has not refused
  std::uint64_t bundle = 0;  ///< of the support file that somebody makes for it; zero: none (yet)
  std::string by{};          ///< who consented, or declined
  CivilTime ended{};
  std::string outcome{};
};

/// The orders that the box has taken, across restarts: none is taken twice. Nothing here decides. One thread.
/// Errors: store.failed, store.full, store.damaged.
class Book {
 public:
  /// So many are kept; whoever signs more at once is refused.
  static constexpr std::size_t kMost = 500;
  /// So long they are shown after their time.
  static constexpr std::chrono::hours kKept{90 * 24};

  /// `database` has the tables of schema.h and outlives it.
  explicit Book(store::Database& database) : database_(&database) {}

  /// When it was begun, which is `now` if nobody has said so yet. No backup has it: what was issued before,
  /// the box in whose place this one stands may have done.
  Result<CivilTime> begun(CivilTime now);
  Result<std::optional<Entry>> find(std::string_view id);
  Result<std::optional<Entry>> find(const pki::Sha256& digest);
  /// Could it have been taken once and be forgotten since? Then it may not be taken, whatever the clock says.
  Result<bool> is_forgotten(model::CivilSeconds expires);
  /// Was a withdrawal of it taken?
  Result<bool> is_withdrawn(std::string_view id);
  /// order.full.
  Result<> add(const Entry& entry);
  Result<> update(const Entry& entry);
  /// Not over yet, the oldest first.
  Result<std::vector<Entry>> live();
  /// The newest first.
  Result<std::vector<Entry>> newest(std::size_t most);
  /// Forgets what is over and long past its time.
  Result<> prune(CivilTime now);

 private:
  Result<std::vector<Entry>> rows(store::Statement statement);
  Result<std::optional<Entry>> one(store::Statement statement);

  store::Database* database_;
};

}  // namespace gw::orders
