#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/fd.h"
#include "base/result.h"
#include "grounds.h"
#include "model/snapshot.h"

namespace gw::supervisor {

/// The box's listening sockets, made in ns lan. The supervisor keeps each open as long as a tenant has that
/// endpoint, so that clients wait in line while a compartment is started again.
class Listeners {
 public:
  using Key = std::pair<std::string, model::Endpoint>;  // tenant's name

  /// Opens what the wiring names and is not open yet: all of it, or none.
  Result<> open_for(const model::Wiring& wiring, const Grounds& grounds);
  /// Closes what the wiring does not name.
  void keep_only(const model::Wiring& wiring);
  int find(const std::string& tenant, const model::Endpoint& endpoint) const;
  const std::map<Key, UniqueFd>& all() const { return open_; }

 private:
  std::map<Key, UniqueFd> open_;
};

}  // namespace gw::supervisor
