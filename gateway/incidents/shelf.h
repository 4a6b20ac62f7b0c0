#pragma once

#include <vector>

#include "incidents/incident.h"
#include "store/database.h"

namespace gw::incidents {

/// The entries of incidents in a database with the tables of schema.h, which outlives it. One that cannot be
/// read is store.damaged; other errors are those of the store. One thread.
class Shelf {
 public:
  explicit Shelf(store::Database& database) : database_(&database) {}

  Result<IncidentId> next_id();
  /// incident.unknown.
  Result<Incident> find(IncidentId id);
  /// The newest `most`, the newest first.
  Result<std::vector<Incident>> newest(std::size_t most);
  /// Those that nobody has closed, the oldest first.
  Result<std::vector<Incident>> open();
  /// Within somebody else's transaction; entries come with their numbers.
  Result<> put(IncidentId id, const Entry& entry);
  /// From which record on none may be removed; nothing: none is held.
  Result<std::optional<std::uint64_t>> held_from();

 private:
  Result<std::vector<Incident>> all(store::Statement& ids);
  store::Database* database_;
};

}  // namespace gw::incidents
