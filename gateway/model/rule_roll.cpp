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
                    .until = rule.until,
                    .mode = service.mode};
  for (const TerminalId id : rule.terminals) row.terminals.push_back({by_id(tenant.terminals, id).name});
  return row;
}

void add_exceptions(const Tenant& tenant, const Service& service, std::vector<RuleRoll::Exception>& out) {
  using What = RuleRoll::Exception::What;
  const auto add = [&](What what, CivilSeconds until, const std::string& reason,
                       const std::string& approver) {
    if (until.count() != 0) out.push_back({tenant.name, service.name, what, until, reason, approver});
  };
  const Profile &down = service.downstream.profile, &up = service.upstream.profile;
  add(What::terminals_profile, down.until, down.reason, down.approver);
  add(What::cloud_profile, up.until, up.reason, up.approver);
  if (!service.exception) return;
  add(What::passed_through, service.exception->until, service.exception->reason, service.exception->approver);
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

std::string_view to_string(Mode mode) {
  constexpr std::string_view kWords[] = {"terminate", "wrap", "pass_through"};
  return kWords[static_cast<std::size_t>(mode)];
}

std::string_view to_string(RuleRoll::Exception::What what) {
  constexpr std::string_view kWords[] = {"terminals_profile", "cloud_profile", "passed_through"};
  return kWords[static_cast<std::size_t>(what)];
}

RuleRoll rule_roll_of(const Configuration& configuration) {
  RuleRoll roll;
  roll.site = configuration.site;
  for (const Tenant& tenant : configuration.tenants) {
    for (const Rule& rule : tenant.rules) roll.rows.push_back(row_of(tenant, rule));
    for (const Terminal& terminal : tenant.terminals)
      if (terminal.source) roll.by_address.push_back({tenant.name, terminal.name});
    for (const Listener& listener : tenant.listeners)
      roll.doors.push_back(door_of(configuration, tenant, listener));
    for (const Service& service : tenant.services) add_exceptions(tenant, service, roll.exceptions);
  }
  return roll;
}

}  // namespace gw::model
