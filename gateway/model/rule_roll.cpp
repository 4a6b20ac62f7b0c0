#include "model/rule_roll.h"

#include <algorithm>

namespace gw::model {
namespace {

template <class Things, class Id>
const auto& by_id(const Things& things, Id id) {
  return *std::ranges::find(things, id, [](const auto& one) { return one.id; });
}

RuleRoll::Row row_of(const Tenant& tenant, const Rule& rule) {
  const Service& service = by_id(tenant.services, rule.service);
  RuleRoll::Row row{.tenant = tenant.name,
                    .rule = rule.name,
                    .service = service.name,
                    .server_name = service.upstream.server_name,
                    .port = service.upstream.port,
                    .all = rule.all,
                    .until = rule.until};
  for (const TerminalId id : rule.terminals) row.terminals.push_back({by_id(tenant.terminals, id).name});
  return row;
}

std::string segment_of(const Configuration& configuration, const IpAddress& address) {
  for (const LanSegment& segment : configuration.network.lan)
    if (std::ranges::find(segment.addresses, address, &Prefix::address) != segment.addresses.end())
      return segment.name;
  return {};
}

RuleRoll::Door door_of(const Configuration& configuration, const Tenant& tenant, const Listener& listener) {
  RuleRoll::Door door{tenant.name, listener.name, segment_of(configuration, listener.endpoint.address),
                      listener.endpoint};
  for (const ServiceId id : listener.services) door.services.push_back({by_id(tenant.services, id).name});
  return door;
}

}  // namespace

RuleRoll rule_roll_of(const Configuration& configuration) {
  RuleRoll roll;
  roll.site = configuration.site;
  for (const Tenant& tenant : configuration.tenants) {
    for (const Rule& rule : tenant.rules) roll.rows.push_back(row_of(tenant, rule));
    for (const Listener& listener : tenant.listeners)
      roll.doors.push_back(door_of(configuration, tenant, listener));
  }
  return roll;
}

}  // namespace gw::model
