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

}  // namespace

RuleRoll rule_roll_of(const Configuration& configuration) {
  RuleRoll roll;
  for (const Tenant& tenant : configuration.tenants)
    for (const Rule& rule : tenant.rules) roll.rows.push_back(row_of(tenant, rule));
  return roll;
}

}  // namespace gw::model
