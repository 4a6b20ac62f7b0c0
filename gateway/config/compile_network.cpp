#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"

#include "config/compilation.h"
#include "config/names.h"
#include "model/snapshot.h"

namespace gw::config {
namespace {

using PrefixList = std::vector<Given<InterfaceAddress>>;

/// RFC 4291 2.5.6: every interface has this network, and routers announce themselves by it.
bool is_link_local(const model::IpAddress& address) {
  const auto& octets = address.octets();
  return address.family() == model::Family::ipv6 && octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
}

/// Two interfaces must not claim the same network: the box could not tell where an address is.
void refuse_overlap(Problems& problems, const PrefixList& here, const PrefixList& there,
                    const std::string& whose) {
  for (const auto& mine : here)
    for (const auto& theirs : there)
      if (mine && theirs && mine->value.overlaps(theirs->value))
        problems.add(mine.at, ErrorCode::config_address_conflict,
                     in_quotes(mine->value.to_text()) + " overlaps " + in_quotes(theirs->value.to_text()) +
                         " of " + whose + "; give each interface a network of its own");
}

template <class Keys>
model::Vlan vlan_of(const Keys& keys) {
  return {keys.interface->value, static_cast<std::uint16_t>(keys.vlan->value)};
}

/// A VLAN's interface is named after its parent and its id.
template <class Keys>
void compile_interface(Compilation& compilation, const Keys& keys, std::string& interface,
                       model::Vlan& vlan) {
  take(keys.interface, interface);
  if (!keys.vlan) return;
  vlan = vlan_of(keys);
  interface = model::vlan_interface(vlan);
  if (interface.size() > kInterfaceNameLimit)
    compilation.problems.add(keys.vlan.at, ErrorCode::config_value_range,
                             "the interface would be called " + in_quotes(interface) +
                                 ", which is longer than the kernel's 15 characters");
}

/// Whoever belongs on a segment has an address there; link-local ones are everywhere.
void refuse_elsewhere(Compilation& compilation, const SegmentKeys& segment,
                      const Given<List<Address, 0, 8>>& addresses, const std::string& what) {
  const auto& own = segment.addresses->items;
  for (const auto& address : addresses->items) {
    if (!address || is_link_local(address->value) || !segment.addresses) continue;
    const auto is_near = [&](const auto& a) { return !a || a->value.contains(address->value); };
    const auto is_own = [&](const auto& a) { return a && a->value.address == address->value; };
    const std::string who = what + " " + in_quotes(address->value.to_text());
    if (std::any_of(own.begin(), own.end(), is_own))
      compilation.problems.add(address.at, ErrorCode::config_address_conflict,
                               who + " is the box itself; leave it out");
    else if (!std::any_of(own.begin(), own.end(), is_near))
      compilation.problems.add(address.at, ErrorCode::config_address_foreign,
                               who + " lies in no network of the segment; write the address it has there");
  }
}

void refuse_twice(Compilation& compilation, const Given<List<Address, 0, 8>>& addresses, const char* what) {
  refuse_repeated(
      compilation.problems, addresses->items, [](const Address& a) { return a.value.to_text(); }, what);
}

void compile_devices(Compilation& compilation, const SegmentKeys& keys, model::LanSegment& segment) {
  Names names(compilation.problems, "device");
  names.add_all(keys.devices);
  std::set<model::MacAddress> interfaces;
  std::set<model::IpAddress> taken;
  for (const auto& item : keys.devices->items) {
    model::Device device;
    take(item->name, device.name);
    take(item->mac, device.mac);
    take_all(item->addresses, device.addresses);
    if (item->mac && !interfaces.insert(device.mac).second)
      compilation.problems.add(
          item->mac.at, ErrorCode::config_name_repeated,
          in_quotes(device.mac.to_text()) + " is another device's MAC; keep one of them");
    refuse_elsewhere(compilation, keys, item->addresses, "the device's address");
    for (const auto& address : item->addresses->items)
      if (address && !taken.insert(address->value).second)
        compilation.problems.add(
            address.at, ErrorCode::config_address_conflict,
            in_quotes(address->value.to_text()) + " stands at a device already; give each its own");
    segment.devices.push_back(std::move(device));
  }
}

void compile_second_path(Compilation& compilation, const SegmentKeys& keys, model::LanSegment& segment) {
  take(keys.second_path, segment.second_path);
  take_all(keys.dhcp_servers, segment.dhcp_servers);
  take_all(keys.routers, segment.routers);
  refuse_elsewhere(compilation, keys, keys.dhcp_servers, "the DHCP server");
  refuse_elsewhere(compilation, keys, keys.routers, "the router");
  refuse_twice(compilation, keys.dhcp_servers, "the DHCP server");
  refuse_twice(compilation, keys.routers, "the router");
  compile_devices(compilation, keys, segment);
}

/// A host that nobody answers for would be a surprise at the first terminal.
void compile_hosts(Compilation& compilation, const SegmentKeys& keys, model::LanSegment& segment) {
  refuse_repeated(
      compilation.problems, keys.hosts->items, [](const HostKeys& host) { return host.name->value; },
      "the name");
  for (const auto& given : keys.hosts->items) {
    model::Host host;
    take(given->name, host.name);
    take_all(given->addresses, host.addresses);
    refuse_repeated(
        compilation.problems, given->addresses->items, [](const Address& a) { return a.value.to_text(); },
        "the address");
    segment.hosts.push_back(std::move(host));
  }
  if (!segment.hosts.empty() && keys.serve.state != State::broken && !segment.serve.names)
    compilation.problems.add(keys.hosts.at, ErrorCode::config_name_unused,
                             "nobody answers for these names; write `serve: {names: on}` in the segment, or "
                             "take them out");
}

void compile_segment(Compilation& compilation, const SegmentKeys& keys) {
  model::LanSegment segment;
  take(keys.name, segment.name);
  compile_interface(compilation, keys, segment.interface, segment.vlan);
  take_all(keys.ports, segment.ports);
  if (keys.vlan && keys.ports)
    compilation.problems.add(keys.ports.at, ErrorCode::config_value_range,
                             "a segment is a VLAN or joins ports, not both");
  take_all(keys.addresses, segment.addresses);
  refuse_repeated(
      compilation.problems, keys.addresses->items,
      [](const InterfaceAddress& a) { return a.value.address.to_text(); }, "the address");
  compile_second_path(compilation, keys, segment);
  take(keys.serve->names, segment.serve.names);
  take(keys.serve->time, segment.serve.time);
  compile_hosts(compilation, keys, segment);
  compilation.network.lan.push_back(std::move(segment));
}

/// Loopback holds whatever a bench puts there, both sides at once.
bool is_loopback(const Given<InterfaceName>& interface) { return interface->value == model::kLoopback; }

bool is_on(const SegmentKeys& segment, const std::string& interface) {
  const auto is_it = [&](const auto& port) { return port && port->value == interface; };
  return is_it(segment.interface) ||
         std::any_of(segment.ports->items.begin(), segment.ports->items.end(), is_it);
}

/// An interface has one segment; only VLANs share the one they are on, also with a segment of untagged
/// frames.
void refuse_shared_interfaces(Compilation& compilation, const NetworkKeys& keys) {
  std::set<std::string> whole, joined;
  const auto refuse = [&](Position at, const std::string& name, const char* what) {
    compilation.problems.add(at, ErrorCode::config_name_repeated, "the interface " + in_quotes(name) + what);
  };
  for (const auto& segment : keys.lan->items) {
    if (!segment->interface) continue;
    const std::string name = segment->interface->value;
    const std::string own = segment->vlan ? model::vlan_interface(vlan_of(*segment)) : name;
    if (!whole.insert(own).second)
      refuse(segment->interface.at, own, " has a segment already; put all its addresses there");
    for (const auto& port : segment->ports->items)
      if (port && !joined.insert(port->value).second)
        refuse(port.at, port->value, " is joined to a segment already");
  }
  for (const auto& segment : keys.lan->items)
    if (segment->interface && joined.count(segment->interface->value) != 0)
      refuse(segment->interface.at, segment->interface->value,
             " is joined to a segment, and has none of its own");
}

void check_segments(Compilation& compilation, const NetworkKeys& keys) {
  Names names(compilation.problems, "LAN segment");
  names.add_all(keys.lan);
  refuse_shared_interfaces(compilation, keys);
  const auto& segments = keys.lan->items;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const SegmentKeys& segment = *segments[i];
    if (is_loopback(segment.interface)) continue;
    for (std::size_t j = 0; j < i; ++j)
      refuse_overlap(compilation.problems, segment.addresses->items, segments[j]->addresses->items,
                     "segment " + in_quotes(segments[j]->name->value));
  }
}

void check_gateways(Compilation& compilation, const WanKeys& keys) {
  std::set<model::Family> families;
  for (const auto& gateway : keys.gateways->items) {
    if (!gateway) continue;
    if (!families.insert(gateway->value.family()).second)
      compilation.problems.add(gateway.at, ErrorCode::config_value_range,
                               "a second gateway of the same family; keep one for IPv4 and one for IPv6");
    const auto& own = keys.addresses->items;
    const bool near = std::any_of(own.begin(), own.end(), [&](const auto& address) {
      return !address || address->value.contains(gateway->value);
    });
    if (!near && !is_link_local(gateway->value) && keys.addresses)
      compilation.problems.add(gateway.at, ErrorCode::config_address_foreign,
                               in_quotes(gateway->value.to_text()) + " lies in no network of " +
                                   in_quotes(keys.interface->value) + "; a gateway must be a neighbour");
  }
}

/// What is lent is not fixed as well: the two would contradict each other with every new lease.
template <class Items, class AddressOf>
void refuse_fixed_ipv4(Problems& problems, const Items& items, AddressOf address_of, const char* what) {
  for (const auto& item : items)
    if (item && address_of(item->value).family() == model::Family::ipv4)
      problems.add(item.at, ErrorCode::config_address_conflict,
                   in_quotes(item->value.to_text()) + " stands beside `dhcp: on`, by which the IPv4 " + what +
                       " is lent; take one of the two out");
}

void check_ipv4_source(Compilation& compilation, Position at, const WanKeys& keys) {
  Problems& problems = compilation.problems;
  if (compilation.network.wan.ipv4 == model::Ipv4Source::configuration) {
    if (keys.addresses.state != State::broken && keys.addresses->items.empty())
      problems.add(at, ErrorCode::config_key_missing,
                   "the Internet's side has no address: give `addresses`, or `dhcp: on`");
    return;
  }
  refuse_fixed_ipv4(
      problems, keys.addresses->items, [](const model::Prefix& p) { return p.address; }, "address");
  refuse_fixed_ipv4(
      problems, keys.gateways->items, [](const model::IpAddress& a) { return a; }, "router");
  if (keys.interface && is_loopback(keys.interface))
    problems.add(keys.dhcp.at, ErrorCode::config_value_range,
                 "nobody lends addresses on " + in_quotes(model::kLoopback) +
                     "; give `addresses`, or the interface toward the Internet");
}

void compile_wan(Compilation& compilation, const NetworkKeys& keys) {
  const WanKeys& wan = *keys.wan;
  compile_interface(compilation, wan, compilation.network.wan.interface, compilation.network.wan.vlan);
  take_all(wan.addresses, compilation.network.wan.addresses);
  take_all(wan.gateways, compilation.network.wan.gateways);
  refuse_repeated(
      compilation.problems, wan.addresses->items,
      [](const InterfaceAddress& a) { return a.value.address.to_text(); }, "the address");
  if (wan.dhcp && wan.dhcp->value) compilation.network.wan.ipv4 = model::Ipv4Source::dhcp;
  if (keys.wan.state == State::given) check_ipv4_source(compilation, keys.wan.at, wan);
  check_gateways(compilation, wan);
  if (!wan.interface || is_loopback(wan.interface)) return;
  for (const auto& segment : keys.lan->items) {
    if (is_on(*segment, wan.interface->value))
      compilation.problems.add(
          wan.interface.at, ErrorCode::config_address_conflict,
          in_quotes(wan.interface->value) + " is a LAN interface as well; the two sides need one each");
    else
      refuse_overlap(compilation.problems, wan.addresses->items, segment->addresses->items,
                     "segment " + in_quotes(segment->name->value));
  }
}

}  // namespace

void refuse_clinic_address(Compilation& compilation, Position at, const model::IpAddress& address,
                           const std::string& what) {
  for (const model::Prefix& prefix : compilation.clinic)
    if (prefix.contains(address))
      return compilation.problems.add(at, ErrorCode::config_address_conflict,
                                      what + " " + in_quotes(address.to_text()) +
                                          " lies in the clinic's own " + in_quotes(prefix.to_text()) +
                                          "; it must be on the Internet's side");
}

void compile_network(Compilation& compilation) {
  const NetworkKeys& keys = *compilation.network_keys;
  for (const auto& segment : keys.lan->items) compile_segment(compilation, *segment);
  check_segments(compilation, keys);
  compile_wan(compilation, keys);
  take_all(keys.resolvers, compilation.network.resolvers);
  take_all(keys.clinic_prefixes, compilation.network.clinic_prefixes);
  const auto text = [](const auto& item) { return item.value.to_text(); };
  refuse_repeated(compilation.problems, keys.resolvers->items, text, "the name server");
  refuse_repeated(compilation.problems, keys.clinic_prefixes->items, text, "the network");
  compilation.clinic = model::clinic_side_of(compilation.network);
  for (const auto& resolver : keys.resolvers->items)
    if (resolver) refuse_clinic_address(compilation, resolver.at, resolver->value.address, "the name server");
}

}  // namespace gw::config
