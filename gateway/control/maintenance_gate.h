#pragma once

#include <optional>
#include <set>

#include "api/operation.h"
#include "maintenance/maintenance.h"

namespace gw::control {

/// What a maintainer may do by the API, and the record of it (RMT-01, RMT-03, RMT-04). Everybody else passes,
/// and so does what is no work on the box: to ask for a maintenance, or what is about himself. One thread.
class MaintenanceGate {
 public:
  /// Outlives it.
  explicit MaintenanceGate(maintenance::Maintenance& maintenance) : maintenance_(maintenance) {}

  /// What goes on and has to be ended.
  struct Work {
    accounts::Actor actor{};
    maintenance::RequestId maintenance{};
    std::uint64_t act = 0;
  };
  /// Errors as Maintenance::begin(). Of what only looks, the first time in a maintenance is kept as an act:
  /// pages ask again and again.
  Result<std::optional<Work>> begin(const accounts::Actor& actor, const api::Operation& row,
                                    accounts::Told& told);
  void end(const std::optional<Work>& work, const Result<>& outcome, accounts::Told& told);

 private:
  maintenance::Maintenance& maintenance_;
  std::set<std::pair<maintenance::RequestId, maintenance::Work>> looked_{};
};

}  // namespace gw::control
