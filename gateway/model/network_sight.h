#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "model/address.h"

namespace gw::model {

/// What the kernel shows of one network namespace when somebody looks.
struct NetworkSight {
  struct Link {
    std::string interface {};
    std::vector<std::uint8_t> hardware{};  ///< its own address on the wire
    bool up = false;                       ///< switched on
    bool carrier = false;                  ///< somebody answers at the cable's other end
    std::vector<Prefix> addresses{};       ///< those that the kernel gives by itself are left out
    std::vector<IpAddress> gateways{};     ///< of its default routes
    std::vector<IpAddress> answering{};    ///< neighbours that have just answered on the wire
    std::vector<IpAddress> silent{};       ///< neighbours that were asked for on the wire and did not answer
  };
  std::vector<Link> links{};          ///< without loopback
  std::vector<Endpoint> listening{};  ///< TCP
};

inline constexpr std::size_t kMostSightLinks = 1024;
inline constexpr std::size_t kMostSightNeighbours = 256;  // of one link
inline constexpr std::size_t kMostSightEndpoints = 65'536;
/// Bytes.
inline constexpr std::size_t kMostSight = 8u << 20;

template <class Io>
void visit(Io& io, NetworkSight::Link& l) {
  io.text(l.interface, kInterfaceNameLimit);
  io.blob(l.hardware, 32);
  io.field(l.up);
  io.field(l.carrier);
  io.list(l.addresses, 256);
  io.list(l.gateways, 16);
  io.list(l.answering, kMostSightNeighbours);
  io.list(l.silent, kMostSightNeighbours);
}
template <class Io>
void visit(Io& io, NetworkSight& s) {
  io.list(s.links, kMostSightLinks);
  io.list(s.listening, kMostSightEndpoints);
}

}  // namespace gw::model
