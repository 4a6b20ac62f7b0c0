#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ipc/channel.h"

namespace gw::cli {

/// Asks the supervisor one thing on its control socket and waits for the one answer. channel.closed when
/// nobody is there, publication.timed_out when no answer comes.
Result<ipc::Frame> ask(const std::string& socket_path, std::uint16_t question, Bytes body,
                       std::vector<int> descriptors, std::chrono::seconds patience);

inline constexpr std::chrono::seconds kAtOnce{10};        ///< for what needs no work
inline constexpr std::chrono::seconds kPublication{120};  ///< longer than the supervisor gives one

}  // namespace gw::cli
