#include "probe/frames.h"

#include <algorithm>
#include <initializer_list>

namespace gw::probe {
namespace {

using Octets = std::vector<std::uint8_t>;
using model::Family;
using model::IpAddress;

constexpr std::uint8_t kTcp = 6, kUdp = 17, kIcmp = 1, kIcmp6 = 58;
constexpr std::uint16_t kIpv4 = 0x0800, kIpv6 = 0x86dd, kArp = 0x0806;
constexpr std::uint8_t kSolicitation = 135, kAdvertisement = 136;
constexpr std::size_t kEthernet = 14, kIpv6Header = 40;

void put16(Octets& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}
void put(Octets& out, std::initializer_list<int> octets) {
  for (const int octet : octets) out.push_back(static_cast<std::uint8_t>(octet));
}
void put(Octets& out, const IpAddress& address) {
  out.insert(out.end(), address.octets().begin(), address.octets().begin() + address.width() / 8);
}
void put(Octets& out, const Octets& more) { out.insert(out.end(), more.begin(), more.end()); }

/// RFC 1071.
std::uint16_t checksum(const Octets& octets) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); i += 2)
    sum += static_cast<std::uint32_t>(octets[i] << 8) + (i + 1 < octets.size() ? octets[i + 1] : 0u);
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}
void set16(Octets& octets, std::size_t at, std::uint16_t value) {
  octets[at] = static_cast<std::uint8_t>(value >> 8);
  octets[at + 1] = static_cast<std::uint8_t>(value);
}

struct Way {
  const Cable& cable;
  const IpAddress& from;
  const IpAddress& to;
};

/// RFC 9293 3.1, RFC 8200 8.1: the sum also covers whom it is from and for.
void set_checksum(Octets& payload, std::size_t at, const Way& way, std::uint8_t protocol) {
  Octets sum;
  put(sum, way.from);
  put(sum, way.to);
  if (way.from.family() == Family::ipv4) {
    put(sum, {0, protocol});
    put16(sum, payload.size());
  } else {
    put(sum, {0, 0});
    put16(sum, payload.size());
    put(sum, {0, 0, 0, protocol});
  }
  put(sum, payload);
  set16(payload, at, checksum(sum));
}

EthernetFrame wrap(const Way& way, std::uint8_t protocol, const Octets& payload) {
  const bool ipv4 = way.from.family() == Family::ipv4;
  Octets header;
  if (ipv4) {
    put(header, {0x45, 0});
    put16(header, 20 + payload.size());
    put(header, {0, 0, 0x40, 0, 64, protocol, 0, 0});
  } else {
    put(header, {0x60, 0, 0, 0});
    put16(header, payload.size());
    put(header, {protocol, 255});  // neighbour discovery is heard with this hop limit alone
  }
  put(header, way.from);
  put(header, way.to);
  if (ipv4) set16(header, 10, checksum(header));
  Octets out(way.cable.there.begin(), way.cable.there.end());
  out.insert(out.end(), way.cable.here.begin(), way.cable.here.end());
  put16(out, ipv4 ? kIpv4 : kIpv6);
  put(out, header);
  put(out, payload);
  return out;
}

}  // namespace

EthernetFrame tcp_syn(const Cable& cable, const model::Endpoint& from, const model::Endpoint& to) {
  const Way way{cable, from.address, to.address};
  Octets payload;
  put16(payload, from.port);
  put16(payload, to.port);
  put(payload, {0x53, 0x4b, 0x00, 0x01, 0, 0, 0, 0, 0x50, 0x02, 0x20, 0x00, 0, 0, 0, 0});
  set_checksum(payload, 16, way, kTcp);
  return wrap(way, kTcp, payload);
}

EthernetFrame udp_datagram(const Cable& cable, const model::Endpoint& from, const model::Endpoint& to) {
  const Way way{cable, from.address, to.address};
  Octets payload;
  put16(payload, from.port);
  put16(payload, to.port);
  put16(payload, 16);
  put(payload, {0, 0, 's', 'e', 'k', 'i', 's', 'h', 'o', '?'});
  set_checksum(payload, 6, way, kUdp);
  return wrap(way, kUdp, payload);
}

EthernetFrame echo_request(const Cable& cable, const IpAddress& from, const IpAddress& to) {
  const Way way{cable, from, to};
  const bool ipv4 = from.family() == Family::ipv4;
  Octets payload;
  put(payload, {ipv4 ? 8 : 128, 0, 0, 0, 0x53, 0x4b, 0, 1});
  if (ipv4)
    set16(payload, 2, checksum(payload));
  else
    set_checksum(payload, 2, way, kIcmp6);
  return wrap(way, ipv4 ? kIcmp : kIcmp6, payload);
}

EthernetFrame neighbour_solicitation(const Cable& cable, const IpAddress& from, const IpAddress& to) {
  const Way way{cable, from, to};
  Octets payload;
  put(payload, {kSolicitation, 0, 0, 0, 0, 0, 0, 0});
  put(payload, to);
  put(payload, {1, 1});
  payload.insert(payload.end(), cable.here.begin(), cable.here.end());
  set_checksum(payload, 2, way, kIcmp6);
  return wrap(way, kIcmp6, payload);
}

IpAddress link_local(const Mac& mac) {
  IpAddress::Octets octets{0xfe, 0x80};
  const std::array<std::uint8_t, 8> identifier{
      static_cast<std::uint8_t>(mac[0] ^ 2), mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]};
  std::copy(identifier.begin(), identifier.end(), octets.begin() + 8);
  return {Family::ipv6, octets};
}

Answer answer_of(Bytes frame) {
  if (frame.size() < kEthernet) return Answer::none;
  const auto type = static_cast<std::uint16_t>(frame[12] << 8 | frame[13]);
  if (type == kArp) return Answer::none;
  if (type != kIpv6) return Answer::something;
  if (frame.size() < kEthernet + kIpv6Header + 1) return Answer::none;
  std::uint8_t next = frame[kEthernet + 6];
  std::size_t at = kEthernet + kIpv6Header;
  if (next == 0) {  // multicast reports carry a router alert in front (RFC 3810 5)
    next = frame[at];
    at += 8;
  }
  if (next != kIcmp6 || frame.size() <= at) return Answer::something;
  if (frame[at] == kAdvertisement) return Answer::alive;
  const bool noise = (frame[at] >= 130 && frame[at] <= kAdvertisement) || frame[at] == 143;
  return noise ? Answer::none : Answer::something;
}

}  // namespace gw::probe
