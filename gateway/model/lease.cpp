#include "model/lease.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.h"

namespace gw::model {
namespace {

constexpr std::uint8_t kShortest = 8, kLongest = 30;

/// IANA special-purpose ranges (RFC 6890) in which no host lives. Private ones are not among them: many lines
/// to the Internet end in a router that lends those.
const std::array<Prefix, 5>& nobodys() {
  const auto prefix = [](const char* text) {
    const auto parsed = Prefix::parse(text);
    GW_CHECK(parsed, "the table below holds prefixes");
    return *parsed;
  };
  static const std::array kRanges{prefix("0.0.0.0/8"), prefix("127.0.0.0/8"), prefix("169.254.0.0/16"),
                                  prefix("224.0.0.0/4"), prefix("240.0.0.0/4")};
  return kRanges;
}

bool is_a_hosts(const IpAddress& address) {
  return address.family() == Family::ipv4 &&
         std::none_of(nobodys().begin(), nobodys().end(),
                      [&](const Prefix& range) { return range.contains(address); });
}

/// The network's own address and the one that means all of it.
bool is_an_end(const IpAddress& address, const Prefix& network) {
  IpAddress::Octets last = network.network().address.octets();
  for (unsigned bit = network.length; bit < 32; ++bit)
    last[bit / 8] = static_cast<std::uint8_t>(last[bit / 8] | 0x80u >> (bit % 8));
  return address == network.network().address || address == IpAddress(Family::ipv4, last);
}

bool is_a_neighbour(const IpAddress& gateway, const Prefix& own) {
  return is_a_hosts(gateway) && own.contains(gateway) && gateway != own.address && !is_an_end(gateway, own);
}

bool is_the_clinics(const Lease& lease, std::span<const Prefix> clinic) {
  return std::any_of(clinic.begin(), clinic.end(), [&](const Prefix& network) {
    return network.overlaps(lease.address) || network.contains(lease.server);
  });
}

}  // namespace

const char* to_string(LeaseFault fault) {
  constexpr const char* kWords[] = {"address", "length", "gateway", "server", "clinic"};
  return kWords[static_cast<std::size_t>(fault)];
}

std::optional<LeaseFault> fault_of(const Lease& lease, std::span<const Prefix> clinic) {
  if (!is_a_hosts(lease.address.address)) return LeaseFault::address;
  if (lease.address.length < kShortest || lease.address.length > kLongest) return LeaseFault::length;
  if (is_an_end(lease.address.address, lease.address)) return LeaseFault::address;
  if (!is_a_neighbour(lease.gateway, lease.address)) return LeaseFault::gateway;
  if (!is_a_hosts(lease.server)) return LeaseFault::server;
  if (is_the_clinics(lease, clinic)) return LeaseFault::clinic;
  return std::nullopt;
}

}  // namespace gw::model
