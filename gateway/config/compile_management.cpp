#include <algorithm>
#include <string>

#include "config/compilation.h"

namespace gw::config {
namespace {

/// No tenant has this number: what the management claims is nobody else's.
constexpr model::TenantId kNobodys{static_cast<std::uint16_t>(model::kMaxTenants)};
constexpr std::uint16_t kUsualPort = 443;

bool uses(const model::LanSegment& segment, const std::string& interface) {
  return segment.interface == interface || segment.vlan.parent == interface ||
         std::ranges::find(segment.ports, interface) != segment.ports.end();
}

/// Who administers the box stands on neither of its sides.
void refuse_shared_interface(Compilation& compilation, const ManagementKeys& keys,
                             const model::Network& network) {
  if (!keys.interface || keys.interface->value == model::kLoopback) return;
  const std::string& name = keys.interface->value;
  const bool is_lan =
      std::ranges::any_of(network.lan, [&](const model::LanSegment& segment) { return uses(segment, name); });
  const bool is_wan = network.wan.interface == name || network.wan.vlan.parent == name;
  if (is_lan || is_wan)
    compilation.problems.add(keys.interface.at, ErrorCode::config_address_conflict,
                             in_quotes(name) + (is_lan ? " leads to terminals" : " leads to the Internet") +
                                 " already; administrators come by an interface of their own");
}

void refuse_shared_networks(Compilation& compilation, const ManagementKeys& keys,
                            const model::Network& network) {
  if (keys.interface->value == model::kLoopback) return;
  const auto refuse = [&](const std::vector<model::Prefix>& theirs, const std::string& whose) {
    for (const auto& mine : keys.addresses->items)
      for (const model::Prefix& other : theirs)
        if (mine && mine->value.overlaps(other))
          compilation.problems.add(mine.at, ErrorCode::config_address_conflict,
                                   in_quotes(mine->value.to_text()) + " overlaps " +
                                       in_quotes(other.to_text()) + " of " + whose +
                                       "; give administrators a network of their own");
  };
  for (const model::LanSegment& segment : network.lan)
    refuse(segment.addresses, "segment " + in_quotes(segment.name));
  refuse(network.wan.addresses, "the Internet's side");
}

void check_listener(Compilation& compilation, const ManagementKeys& keys, const model::Endpoint& listener) {
  if (!keys.address || !keys.addresses) return;
  const auto& own = keys.addresses->items;
  const bool is_own = std::ranges::any_of(
      own, [&](const auto& one) { return !one || one->value.address == keys.address->value; });
  if (!is_own)
    compilation.problems.add(keys.address.at, ErrorCode::config_address_foreign,
                             in_quotes(keys.address->value.to_text()) +
                                 " is none of the `addresses` here; use one, or add it to them");
  const auto* other =
      compilation.listener_endpoints.claim(listener, {kNobodys, "management", keys.address.at});
  if (other != nullptr)
    compilation.problems.add(keys.address.at, ErrorCode::config_address_conflict,
                             in_quotes(listener.to_text()) + " is taken by the listener in line " +
                                 std::to_string(other->at.line) + "; choose another port");
}

model::Credential compile_credential(Compilation& compilation, const ManagementKeys& keys) {
  model::Credential credential;
  take(keys.certificate, credential.certificate_file);
  take(keys.key, credential.key_file);
  credential.chain_pem = compilation.shelf.certificates(keys.certificate);
  if (!keys.key) return credential;
  const auto* owner = compilation.key_files.claim(keys.key->value, {kNobodys, "management", keys.key.at});
  if (owner != nullptr)
    compilation.problems.add(keys.key.at, ErrorCode::config_name_repeated,
                             "the key " + in_quotes(keys.key->value) + " belongs to the tenant " +
                                 in_quotes(owner->tenant_name) +
                                 "; what is shown to administrators needs one of its own");
  return credential;
}

}  // namespace

model::Management compile_management(Compilation& compilation, const Given<ManagementKeys>& given,
                                     const model::Configuration& configuration) {
  const ManagementKeys& keys = *given;
  model::Management management;
  take(keys.interface, management.interface);
  take_all(keys.addresses, management.addresses);
  refuse_repeated(
      compilation.problems, keys.addresses->items,
      [](const InterfaceAddress& one) { return one.value.address.to_text(); }, "the address");
  take(keys.address, management.listener.address);
  management.listener.port = kUsualPort;
  if (keys.port) management.listener.port = static_cast<std::uint16_t>(keys.port->value);
  take_all(keys.names, management.names);
  refuse_repeated(
      compilation.problems, keys.names->items, [](const HostName& one) { return one.value; }, "the name");
  take(keys.own_port, management.own_port);
  refuse_shared_interface(compilation, keys, configuration.network);
  refuse_shared_networks(compilation, keys, configuration.network);
  check_listener(compilation, keys, management.listener);
  management.credential = compile_credential(compilation, keys);
  if (keys.anchors) management.anchors = compile_anchors(compilation, keys.anchors);
  return management;
}

}  // namespace gw::config
