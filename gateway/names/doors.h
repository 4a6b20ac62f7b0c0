#pragma once

#include <memory>
#include <vector>

#include "base/fd.h"
#include "names/zones.h"

namespace gw::names {

/// Shared by the connections that began under it: a publication does not change an answer in its middle.
using ZonesPtr = std::shared_ptr<const Zones>;

/// One of the box's addresses: its two sockets, which the supervisor made in ns lan, and what is answered
/// there.
struct Door {
  ZonesPtr zones{};
  UniqueFd udp{};
  UniqueFd tcp{};  ///< listens
};
using Doors = std::vector<Door>;

/// Answers what waits at the door over UDP, a bounded number, so that the others have their turn. What the
/// kernel will not send is gone: whoever asked will ask again.
void answer_datagrams(const Door& door);

}  // namespace gw::names
