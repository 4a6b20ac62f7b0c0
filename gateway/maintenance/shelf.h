#pragma once

#include <cstdint>
#include <vector>

#include "maintenance/request.h"
#include "store/database.h"

namespace gw::maintenance {

/// The rows of remote maintenances in a database with the tables of schema.h, which outlives it. A row that
/// cannot be read is store.damaged; other errors are those of the store. One thread.
class Shelf {
 public:
  explicit Shelf(store::Database& database) : database_(&database) {}

  /// maintenance.unknown.
  Result<Request> find(RequestId id);
  /// Those that can still let somebody in, and emergencies that nobody has decided on; the oldest first.
  Result<std::vector<Request>> pending();
  /// The newest `most`, the newest first.
  Result<std::vector<Request>> newest(std::size_t most);
  /// Whole; a new one, with id zero, gets its number.
  Result<> put(Request& request);

  Result<std::vector<Act>> acts_of(RequestId id);
  /// With the next number, as one that has not ended.
  Result<Act> begin(RequestId id, Work work, CivilTime now, std::string_view detail);
  /// maintenance.unknown if there is none that goes on.
  Result<> end(RequestId id, std::uint64_t number, bool is_done, std::string_view result);

  Result<bool> is_off();
  Result<> switch_off(bool is_off);

 private:
  Result<std::vector<Request>> all(store::Statement& rows);
  store::Database* database_;
};

}  // namespace gw::maintenance
