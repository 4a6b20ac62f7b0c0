#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/fd.h"
#include "base/result.h"

namespace gw::sys {

/// The network namespace the calling thread stands in.
Result<UniqueFd> own_network();

/// A new network namespace without a name: it lives as long as a descriptor, socket or process in it. It has
/// a loopback interface that is down and nothing else. Needs CAP_SYS_ADMIN.
Result<UniqueFd> make_network();

/// Gives a network namespace a name in the file system, under which it outlives every process: a mount over
/// the file at `path`, which is made if it is missing. Needs CAP_SYS_ADMIN.
Result<> pin_network(int network, const std::string& path);
/// The namespace that was pinned there; nothing if there is no file, or only a file.
Result<std::optional<UniqueFd>> pinned_network(const std::string& path);

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
