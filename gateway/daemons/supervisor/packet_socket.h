#pragma once

#include <linux/filter.h>

#include <span>
#include <vector>

#include "base/fd.h"
#include "base/result.h"

namespace gw::supervisor {

/// What is set on a socket before it hears anything.
struct SocketOption {
  int level;
  int name;
  int value;
};

/// A packet socket that hears all interfaces of the namespace the caller stands in, those to come as well,
/// through a classic BPF program that nobody can change any more. It is `account`'s in the kernel's books,
/// and bound to no interface, so that whoever holds it cannot send without naming one.
Result<UniqueFd> open_packet_socket(std::uint32_t account, std::vector<sock_filter> program,
                                    std::span<const SocketOption> options);

}  // namespace gw::supervisor
