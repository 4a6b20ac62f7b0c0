#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/address.h"

namespace gw::probe {

using Mac = std::array<std::uint8_t, 6>;
using EthernetFrame = std::vector<std::uint8_t>;

/// One cable: who sends, who hears.
struct Cable {
  Mac here{};
  Mac there{};
};

// Frames with correct lengths and checksums, as a stranger would make them. Both ends of one family.

/// The first packet of a connection (RFC 9293 3.5).
EthernetFrame tcp_syn(const Cable& cable, const model::Endpoint& from, const model::Endpoint& to);
/// A datagram of eight octets.
EthernetFrame udp_datagram(const Cable& cable, const model::Endpoint& from, const model::Endpoint& to);
/// RFC 792, RFC 4443 4.1.
EthernetFrame echo_request(const Cable& cable, const model::IpAddress& from, const model::IpAddress& to);
/// Who has `to`? (RFC 4861 4.3), with the sender's own hardware address.
EthernetFrame neighbour_solicitation(const Cable& cable, const model::IpAddress& from,
                                     const model::IpAddress& to);

/// The address an interface gives itself (RFC 4291 2.5.6, appendix A).
model::IpAddress link_local(const Mac& mac);

/// What a frame that came over the cable says about whoever sent it.
enum class Answer : std::uint8_t {
  none,       ///< noise that every link has: ARP, neighbour discovery, multicast reports
  alive,      ///< a neighbour advertisement
  something,  ///< anything else: it spoke to us
};
Answer answer_of(Bytes frame);

}  // namespace gw::probe
