// The network as the kernel shows it, beside what the configuration says (ISO-01, TIM-02).

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.h"
#include "control/network_look.h"
#include "control/web_errands.h"
#include "model/mac_address.h"

namespace gw::control::web {
namespace {

using ipc::op::NetworkState;
using model::NetworkRoll;
using model::NetworkSight;
using Msg = ipc::op::Msg;
using Port = NetworkRoll::Port;

std::string time_of(std::chrono::milliseconds since) { return time_text(CivilTime(since)); }

// ---------------------------------------------------------------- ports

std::string json_of_cable(const std::string& interface, const NetworkSight::Link* link) {
  JsonObject out;
  out.text("interface", interface).text("state", state_of(link));
  model::MacAddress mac;
  if (link == nullptr || link->hardware.size() != mac.octets.size()) return out.take();
  std::ranges::copy(link->hardware, mac.octets.begin());
  return out.text("mac", mac.to_text()).take();
}

std::vector<std::string> ranges_of(const Port& port) {
  std::vector<std::string> out;
  for (const model::Prefix& one : port.addresses) out.push_back(one.network().to_text());
  return out;
}

std::string json_of(const Port& configured, const NetworkLook& told) {
  const Port port = with_lease(configured, told.state);
  const NetworkSight::Link* const link = told.link(port);
  const auto to_json = [&](const std::string& one) { return json_of_cable(one, told.link(port.side, one)); };
  const NetworkSight::Link seen = link == nullptr ? NetworkSight::Link() : *link;
  JsonObject out;
  out.text("side", to_string(port.side))
      .text("segment", port.segment)
      .text("interface", port.interface)
      .text("state", state_of(link))
      .raw("cables", json_each(cables_of(port), to_json))
      .raw("addresses", json_texts(texts_of(seen.addresses)))
      .raw("configured", json_texts(texts_of(configured.addresses)))
      .text("source", port.ipv4 == model::Ipv4Source::dhcp ? "dhcp" : "fixed")
      .raw("gateways", json_texts(texts_of(seen.gateways)))
      .raw("configured_gateways", json_texts(texts_of(configured.gateways)))
      .flag("as_configured", is_as_configured(port, link))
      .raw("ranges", json_texts(ranges_of(port)));
  if (port.vlan.id != 0) out.number("vlan", port.vlan.id);
  return out.flag("names", port.names).flag("time", port.time).number("devices", port.devices).take();
}

// ---------------------------------------------------------------- listeners, lease

std::string json_of(const NetworkRoll::Listening& one, const NetworkLook& told) {
  const auto side = one.tenant.empty() ? NetworkRoll::Side::mgmt : NetworkRoll::Side::lan;
  const auto& listening = told.sights[static_cast<std::size_t>(side)].listening;
  return JsonObject()
      .text("tenant", one.tenant)
      .text("name", one.name)
      .text("address", one.endpoint.address.to_text())
      .number("port", one.endpoint.port)
      .raw("services", json_texts(one.services))
      .flag("open", std::ranges::find(listening, one.endpoint) != listening.end())
      .take();
}

std::string json_of(const NetworkState::Borrowed& borrowed) {
  JsonObject out;
  out.text("interface", borrowed.lease.interface)
      .text("address", borrowed.lease.address.to_text())
      .text("gateway", borrowed.lease.gateway.to_text())
      .text("server", borrowed.lease.server.to_text());
  if (borrowed.ends.count() != 0) out.text("until", time_of(borrowed.ends));
  return out.take();
}

// ---------------------------------------------------------------- answer

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(const NetworkLook told, network_in(said));
  const NetworkState& state = told.state;
  std::vector<std::string> leases;
  if (state.borrowed) leases.push_back(json_of(*state.borrowed));
  const auto to_json = [&](const auto& one) { return json_of(one, told); };
  return WebAnswer{.json = JsonObject()
                               .raw("ports", json_each(told.roll.ports, to_json))
                               .raw("resolvers", json_texts(texts_of(told.roll.resolvers)))
                               .raw("listeners", json_each(told.roll.listeners, to_json))
                               .raw("leases", json_list(leases))
                               .text("now", time_of(state.clock.now))
                               .text("earliest", time_of(state.clock.earliest))
                               .flag("clock_is_right", state.clock.is_right())
                               .flag("clock_synchronised", state.is_synchronised)
                               .take()};
}

}  // namespace

Result<WebAnswer> network_show(const WebAsk&, const WebAround&) {
  return asks(Msg::network, {}, show_finish);
}

}  // namespace gw::control::web
