#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"

namespace gw::net::tests {

inline model::IpAddress address(const char* text) { return *model::IpAddress::parse(text); }
inline model::Prefix prefix(const char* text) { return *model::Prefix::parse(text); }

inline model::Service service(std::uint16_t id, std::string name, std::uint16_t port,
                              std::vector<model::IpAddress> addresses) {
  model::Service out;
  out.id = model::ServiceId(id);
  out.upstream.server_name = std::move(name);
  out.upstream.port = port;
  out.upstream.addresses = std::move(addresses);
  return out;
}

inline model::Listener listener(std::uint16_t id, const char* on, std::uint16_t port) {
  model::Listener out;
  out.id = model::ListenerId(id);
  out.endpoint = {address(on), port};
  return out;
}

/// Tenant 0 has a service of fixed addresses in both families, tenant 1 one that is resolved by name.
inline model::Configuration two_tenants() {
  model::Configuration out;
  out.generation = model::Generation(7);
  out.network.lan = {{"rooms", "lan0", {prefix("10.1.0.1/24"), prefix("fd00:1::1/64")}},
                     {"labs", "lan1", {prefix("10.2.0.1/24")}}};
  out.network.wan = {"wan0",
                     {prefix("203.0.113.2/24"), prefix("2001:db8::2/64")},
                     {address("203.0.113.1"), address("2001:db8::1")}};
  out.network.resolvers = {{address("203.0.113.53"), 53}};
  out.network.clinic_prefixes = {prefix("10.0.0.0/8"), prefix("192.168.0.0/16"), prefix("fd00::/8")};
  model::Tenant a, b;
  a.id = model::TenantId(0);
  a.services = {service(0, "a.example", 443, {address("198.51.100.1"), address("2001:db8:a::1")})};
  a.listeners = {listener(0, "10.1.0.1", 443), listener(1, "fd00:1::1", 443)};
  b.id = model::TenantId(1);
  b.services = {service(0, "b.example", 8443, {}), service(1, "b.example", 8443, {address("198.51.100.9")})};
  b.listeners = {listener(0, "10.2.0.1", 2762)};
  out.tenants = {a, b};
  return out;
}

}  // namespace gw::net::tests
