#pragma once

#include <utility>

#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// The network namespace the calling thread stands in.
Result<UniqueFd> own_network();

/// A new network namespace without a name: it lives as long as a descriptor, socket or process in it. It has
/// a loopback interface that is down and nothing else. Needs CAP_SYS_ADMIN.
Result<UniqueFd> make_network();

/// The calling thread stands in another network namespace until this goes. Sockets made meanwhile stay there.
/// Not finding the way back ends the process: everything after it would happen in the wrong place.
class NetworkVisit {
 public:
  static Result<NetworkVisit> enter(int network);
  NetworkVisit(NetworkVisit&&) noexcept = default;
  NetworkVisit& operator=(NetworkVisit&&) = delete;
  ~NetworkVisit();

 private:
  explicit NetworkVisit(UniqueFd home) : home_(std::move(home)) {}
  UniqueFd home_;
};

}  // namespace gw::sys
