#include "watch/judge.h"

#include <algorithm>

namespace gw::watch {
namespace {

using model::Family;
using model::Finding;
using model::IpAddress;
using Kind = Frame::Kind;

constexpr std::size_t kMostStrangeRouters = 16;
constexpr std::size_t kMostRefused = 4;  // addresses of one device

bool is_among(const std::vector<IpAddress>& list, const IpAddress& address) {
  return std::find(list.begin(), list.end(), address) != list.end();
}

bool is_unspecified(const IpAddress& address) { return address == IpAddress(address.family(), {}); }

/// RFC 3927, RFC 4291 2.5.6: every segment has these.
bool is_link_local(const IpAddress& address) {
  const auto& octets = address.octets();
  if (address.family() == Family::ipv4) return octets[0] == 169 && octets[1] == 254;
  return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
}

/// Broadcast and multicast: for everybody, whatever interface it was sent to.
bool is_for_many(const IpAddress& address) {
  return address.octets()[0] >= (address.family() == Family::ipv4 ? 224 : 0xff);
}

std::optional<IpAddress> if_any(const IpAddress& address) {
  return is_unspecified(address) ? std::nullopt : std::optional(address);
}

Sighting sighting(Finding finding, const Frame& frame) {
  return {finding, frame.source, if_any(frame.sender), if_any(frame.target)};
}

}  // namespace

bool Judge::is_own(const IpAddress& address) const {
  const auto& own = segment_.addresses;
  return std::any_of(own.begin(), own.end(), [&](const auto& prefix) { return prefix.address == address; });
}

bool Judge::is_near(const IpAddress& address) const {
  const auto& own = segment_.addresses;
  return is_link_local(address) ||
         std::any_of(own.begin(), own.end(), [&](const auto& prefix) { return prefix.contains(address); });
}

std::vector<Sighting> Judge::see(const Frame& frame, Instant now) {
  Sightings out;
  switch (frame.kind) {
    case Kind::arp:
    case Kind::neighbour_solicitation:
      if (!is_unspecified(frame.sender)) see_claim(frame, frame.sender, now, out);
      see_question(frame, out);
      break;
    case Kind::neighbour_advertisement:
      see_claim(frame, frame.target, now, out);
      break;
    case Kind::router_advertisement:
      see_router(frame, out);
      break;
    case Kind::redirect:
      out.push_back(sighting(Finding::redirect, frame));
      break;
    case Kind::dhcp_answer:
      see_dhcp(frame, out);
      break;
    case Kind::pppoe:
      out.push_back(sighting(Finding::pppoe, frame));
      break;
    case Kind::packet:
      see_packet(frame, out);
      break;
  }
  see_device(frame, out);
  return out;
}

void Judge::see_claim(const Frame& frame, const IpAddress& address, Instant now, Sightings& out) {
  if (is_own(address)) return out.push_back(sighting(Finding::box_address_claimed, frame));
  if (!is_near(address)) return out.push_back(sighting(Finding::foreign_source, frame));
  if (neighbourhood_.claim(address, frame.source, now))
    out.push_back({Finding::duplicate_address, frame.source, address, {}});
}

/// Whoever looks for a neighbour outside the segment's networks knows a way that is not the box's; so does
/// whoever looks for a router that announced itself here.
void Judge::see_question(const Frame& frame, Sightings& out) const {
  const IpAddress& target = frame.target;
  if (is_unspecified(target) || is_own(target) || is_among(segment_.routers, target)) return;
  const bool is_far = !is_near(target);
  if (is_unspecified(frame.sender) ||
      frame.sender == target) {  // it asks whether an address is free for itself
    if (is_far && out.empty()) out.push_back(sighting(Finding::foreign_source, frame));
    return;
  }
  if (!is_far && !is_among(strange_routers_, target)) return;
  std::erase_if(out, [](const Sighting& seen) { return seen.finding == Finding::foreign_source; });
  out.push_back(sighting(Finding::foreign_gateway, frame));
}

void Judge::remember_router(const IpAddress& address) {
  if (is_unspecified(address) || is_own(address) || is_among(segment_.routers, address)) return;
  std::erase(strange_routers_, address);
  if (strange_routers_.size() >= kMostStrangeRouters) strange_routers_.erase(strange_routers_.begin());
  strange_routers_.push_back(address);
}

void Judge::see_dhcp(const Frame& frame, Sightings& out) {
  if (is_among(segment_.dhcp_servers, frame.sender)) return;
  remember_router(frame.target);
  out.push_back(sighting(Finding::dhcp_server, frame));
}

void Judge::see_router(const Frame& frame, Sightings& out) {
  if (is_among(segment_.routers, frame.sender)) return;
  remember_router(frame.sender);
  out.push_back(sighting(Finding::router_advertisement, frame));
}

/// To a group it tells who is on the cable; to the box alone it is meant for the box or to be passed on.
void Judge::see_packet(const Frame& frame, Sightings& out) const {
  const bool is_strange = !is_unspecified(frame.sender) && !is_near(frame.sender);
  if (frame.to_group && is_strange) return out.push_back(sighting(Finding::foreign_source, frame));
  if (!frame.to_group && !is_own(frame.target) && !is_link_local(frame.target) && !is_for_many(frame.target))
    out.push_back(sighting(Finding::used_as_router, frame));
}

void Judge::see_device(const Frame& frame, Sightings& out) const {
  const IpAddress& address = frame.kind == Kind::neighbour_advertisement ? frame.target : frame.sender;
  if (!is_declared(frame.source, address))
    out.push_back({Finding::unknown_device, frame.source, if_any(address), {}});
}

/// Without a list everybody may be there. Servers and routers are declared by their address.
bool Judge::is_declared(const model::MacAddress& mac, const IpAddress& address) const {
  const auto& devices = segment_.devices;
  if (devices.empty()) return true;
  if (is_among(segment_.routers, address) || is_among(segment_.dhcp_servers, address)) return true;
  const auto found =
      std::find_if(devices.begin(), devices.end(), [&](const auto& device) { return device.mac == mac; });
  if (found == devices.end()) return false;
  return found->addresses.empty() || is_unspecified(address) || is_link_local(address) ||
         is_among(found->addresses, address);
}

bool Judge::belongs_to_another(const model::MacAddress& mac, const IpAddress& address) const {
  return std::any_of(segment_.devices.begin(), segment_.devices.end(), [&](const model::Device& device) {
    return device.mac != mac && is_among(device.addresses, address);
  });
}

std::vector<IpAddress> Judge::to_refuse(const Sighting& sighting, Instant now) const {
  if (segment_.second_path != model::SecondPath::refuse_terminal) return {};
  if (model::consequence_of(sighting.finding) != model::Consequence::refusal) return {};
  std::vector<IpAddress> out = neighbourhood_.alone(sighting.mac, now, kMostRefused);
  std::erase_if(out, [&](const IpAddress& address) {
    return is_link_local(address) || is_among(segment_.routers, address) ||
           is_among(segment_.dhcp_servers, address) || belongs_to_another(sighting.mac, address);
  });
  return out;
}

}  // namespace gw::watch
