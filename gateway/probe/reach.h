#pragma once

#include <chrono>
#include <vector>

#include "base/clock.h"
#include "model/proof.h"
#include "probe/aims.h"

namespace gw::probe {

/// TCP and UDP of each family, made in another namespace and handed over. Borrowed.
struct HandedSockets {
  int tcp4 = -1, tcp6 = -1, udp4 = -1, udp6 = -1;
};

/// Tries to get a packet to each aim. A datagram tells at once: the kernel's rules refuse it, or it is gone.
/// Of a connection the kernel tells nothing, so whoever does not answer within `patience` counts as not
/// reached. Blocks; sends at most one SYN or one empty datagram to an aim, and that only if the wall is gone.
std::vector<model::ProofCase> reach(const std::vector<Aim>& aims, const HandedSockets& with,
                                    std::chrono::milliseconds patience, const Clock& clock);
/// The same with sockets of the caller's own, made where it stands and under its account.
std::vector<model::ProofCase> reach(const std::vector<Aim>& aims, std::chrono::milliseconds patience,
                                    const Clock& clock);

}  // namespace gw::probe
