#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "grounds.h"
#include "ipc/messages/control_compartment.h"
#include "model/snapshot.h"

namespace gw::supervisor {

using ipc::compartment::Transport;

/// The box's sockets toward terminals, made in ns lan, and toward administrators, in ns mgmt. The supervisor
/// keeps each open as long as a tenant, or the box itself, has that endpoint, so that clients wait in line
/// while a compartment is started again.
class Listeners {
 public:
  struct Key {
    std::string tenant{};  ///< its name; empty: the box's own; model::kManagementOwner: administrators'
    model::Endpoint endpoint{};
    Transport transport = Transport::tcp;

    friend auto operator<=>(const Key&, const Key&) = default;
  };

  /// Opens what the wiring names and is not open yet: all of it, or none.
  Result<> open_for(const model::Wiring& wiring, const Grounds& grounds);
  /// Closes what the wiring does not name.
  void keep_only(const model::Wiring& wiring);
  int find(const Key& key) const;
  const std::map<Key, UniqueFd>& all() const { return open_; }

 private:
  Result<> open_in(Ground ground, const std::set<Key>& named, const Grounds& grounds,
                   std::map<Key, UniqueFd>& fresh) const;

  std::map<Key, UniqueFd> open_;
};

}  // namespace gw::supervisor
