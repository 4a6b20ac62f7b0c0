#pragma once

#include <cstdint>
#include <utility>

#include "base/fd.h"
#include "model/address.h"

namespace gw::support {

/// A listening socket on 127.0.0.1 at a port of the kernel's choice, non-blocking.
struct LoopbackListener {
  LoopbackListener();
  UniqueFd fd;
  model::Endpoint endpoint{};
};

/// A non-blocking socket on its way to a loopback endpoint.
UniqueFd connect_to(const model::Endpoint& endpoint);
/// The next waiting connection, or none.
UniqueFd accept_one(int listener);

}  // namespace gw::support
