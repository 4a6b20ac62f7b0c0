#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"
#include "model/address.h"

namespace gw::model {

/// What a DHCP server lends the Internet's side (RFC 2131). IPv4 only; all but the interface was chosen by
/// whoever answered first on that wire, and nothing of it is used before fault_of() found nothing.
struct Lease {
  std::string interface {};  ///< it was asked for on: our own word
  Prefix address{};
  IpAddress gateway{};
  IpAddress server{};  ///< is asked to renew it

  friend bool operator==(const Lease&, const Lease&) = default;
};

/// Why a lease is not used.
enum class LeaseFault : std::uint8_t {
  address,  ///< nobody's: loopback, link-local, multicast, reserved, or the network's first or last
  length,   ///< a prefix shorter than 8 or longer than 30 bits is no network with a router in it
  gateway,  ///< not another host of the same network
  server,   ///< no host's address
  clinic,   ///< its network, or the server, lies on the clinic's side (W8)
};
/// A word of the field, as the record says it.
const char* to_string(LeaseFault fault);

/// Nothing if the lease may be used beside a clinic of these networks.
std::optional<LeaseFault> fault_of(const Lease& lease, std::span<const Prefix> clinic);

/// Where a DHCP server listens, and a client (RFC 2131 4.1).
inline constexpr std::uint16_t kDhcpServerPort = 67;
inline constexpr std::uint16_t kDhcpClientPort = 68;

template <class Io>
void visit(Io& io, Lease& lease) {
  io.text(lease.interface, kInterfaceNameLimit);
  io.field(lease.address);
  io.field(lease.gateway);
  io.field(lease.server);
}

}  // namespace gw::model
