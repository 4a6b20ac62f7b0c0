#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>

#include "net/plan.h"

namespace gw::net {

/// IPPROTO_*, as the kernel names it.
constexpr std::uint8_t number_of(Protocol protocol) {
  return protocol == Protocol::tcp ? IPPROTO_TCP : IPPROTO_UDP;
}

/// "TCP", "protocol 47"
inline std::string protocol_text(std::uint8_t number) {
  if (number == IPPROTO_TCP) return "TCP";
  if (number == IPPROTO_UDP) return "UDP";
  return "protocol " + std::to_string(number);
}

}  // namespace gw::net
