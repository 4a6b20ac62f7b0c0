#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "model/address.h"
#include "model/mac_address.h"

namespace gw::watch {

/// What one Ethernet frame of a segment says that matters to the search for second paths.
struct Frame {
  enum class Kind : std::uint8_t {
    arp,                      ///< `sender` says who it is and asks for or answers `target` (RFC 826)
    neighbour_solicitation,   ///< the same in IPv6 (RFC 4861 4.3)
    neighbour_advertisement,  ///< somebody says it has `target` (RFC 4861 4.4)
    router_advertisement,     ///< `sender` offers itself as a router (RFC 4861 4.2)
    redirect,                 ///< `sender` sends others elsewhere (RFC 4861 4.5)
    dhcp_answer,              ///< a server's word; `target` is the router it names, if it names one
    pppoe,                    ///< a dial-up session begins (RFC 2516 4)
    packet,                   ///< any other IP packet
  };
  Kind kind{};
  model::MacAddress source{};  ///< who sent the frame, whatever its content says
  bool to_group = false;       ///< broadcast or multicast
  model::IpAddress sender{};   ///< unspecified where there is none
  model::IpAddress target{};

  friend bool operator==(const Frame&, const Frame&) = default;
};

/// Reads a frame. The bytes are a stranger's and may be cut off anywhere; nothing comes back if they do not
/// reach far enough, or if the frame is of no such kind. IPv6 extension headers are followed, eight at most:
/// an announcement may hide behind them (RFC 7113).
std::optional<Frame> read_frame(Bytes bytes);

}  // namespace gw::watch
