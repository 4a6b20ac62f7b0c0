#include <map>
#include <string>

#include "config/compilation.h"
#include "model/name_table.h"

namespace gw::config {
namespace {

/// The names of one segment and who gave each.
class Claimed {
 public:
  Claimed(const model::LanSegment& segment, Problems& problems) : segment_(segment), problems_(problems) {
    for (const model::Host& host : segment.hosts) by_name_.emplace(host.name, "the segment's own host");
  }

  /// A terminal of one tenant must not be led to another's listener, nor past its own.
  void claim(const std::string& name, const std::string& owner, Position at) {
    const auto [first, fresh] = by_name_.emplace(name, owner);
    if (!fresh && first->second != owner)
      problems_.add(at, ErrorCode::config_name_repeated,
                    in_quotes(name) + " is answered on the segment " + in_quotes(segment_.name) + " for " +
                        first->second + " already; one name leads to one of them, so choose another");
  }

 private:
  const model::LanSegment& segment_;
  Problems& problems_;
  std::map<std::string, std::string> by_name_;
};

void check_names(const model::LanSegment& segment, const model::Tenant& tenant, const TenantKeys& keys,
                 Claimed& claimed) {
  for (const model::Listener& listener : tenant.listeners) {
    if (!model::is_on(segment, listener.endpoint.address)) continue;
    const std::string owner = "the tenant " + in_quotes(tenant.name);
    for (const model::ServiceId id : listener.services)
      for (const std::string& name : tenant.services[id.number()].downstream.server_names)
        claimed.claim(name, owner, keys.services->items[id.number()]->downstream->server_names.at);
    if (!tenant.is_for_enrolment(listener.id)) continue;
    for (const std::string& name : tenant.enrolment->shown.server_names)
      claimed.claim(name, "the enrolment of " + owner, keys.enrolment->downstream->server_names.at);
  }
}

/// Where the listener's port is written.
Position place_of(const model::Tenant& tenant, const TenantKeys& keys, const model::Listener& listener) {
  if (tenant.is_for_enrolment(listener.id)) return keys.enrolment->port.at;
  return keys.listeners->items[listener.id.number()]->port.at;
}

/// Port 53 of the address is the box's own there.
void check_listeners(const model::LanSegment& segment, const model::Tenant& tenant, const TenantKeys& keys,
                     Problems& problems) {
  for (const model::Listener& listener : tenant.listeners)
    if (listener.endpoint.port == model::kNamePort && model::is_on(segment, listener.endpoint.address))
      problems.add(place_of(tenant, keys, listener), ErrorCode::config_address_conflict,
                   in_quotes(listener.endpoint.to_text()) +
                       " is where the box answers for names on the segment " + in_quotes(segment.name) +
                       "; choose another port, or write `names: off` there");
}

}  // namespace

void check_served(const model::Configuration& configuration, const RootKeys& keys, Problems& problems) {
  for (const model::LanSegment& segment : configuration.network.lan) {
    if (!segment.serve.names) continue;
    Claimed claimed(segment, problems);
    for (const model::Tenant& tenant : configuration.tenants) {
      const TenantKeys& written = *keys.tenants->items[tenant.id.number()];
      check_names(segment, tenant, written, claimed);
      check_listeners(segment, tenant, written, problems);
    }
  }
}

}  // namespace gw::config
