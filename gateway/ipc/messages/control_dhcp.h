#pragma once

// sekisho-dhcp-lease, run by the kept DHCP client -> supervisor: what a DHCP server lent. The supervisor says
// nothing back. Everything here was chosen by whoever answered on the wire, or by whoever took the client over.

#include "ipc/conversation.h"
#include "model/lease.h"

namespace gw::ipc::dhcp {

enum class Msg : std::uint16_t {
  lent = 32,  ///< Lent: a new lease, or the one before once more
  lost = 33,  ///< no body: the client has no lease; also its first word
};
enum class Phase : std::uint8_t { open };

struct Lent {
  model::Prefix address{};
  model::IpAddress gateway{};
  model::IpAddress server{};
  std::uint32_t seconds = 1;  ///< from now
};

template <class Io> void visit(Io& io, Lent& m) {
  io.field(m.address);
  io.field(m.gateway);
  io.field(m.server);
  io.range(m.seconds, 1u, 0xffffffffu);
}

inline constexpr Permit kFromClient[] = {permit(Msg::lent, Phase::open, Times::many),
                                         permit(Msg::lost, Phase::open, Times::many)};

}  // namespace gw::ipc::dhcp
