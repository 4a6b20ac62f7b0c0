#include "dial/dialer.h"

namespace gw::dial {
namespace {

using model::CloseReason;
using model::Endpoint;

constexpr std::size_t kMaxReported =
    256;  // refused addresses told apart; a resolver must not fill our memory

Event about(EventId id, const model::DialTarget& target, const Endpoint& endpoint) {
  Event event(id);
  event.add(Field::server_name, target.server_name);
  event.add(Field::remote, endpoint.address.to_text());
  event.add(Field::remote_port, endpoint.port);
  return event;
}

}  // namespace

void Dialer::adopt(const model::DialTable& table) {
  resolver_.use(table.resolvers);
  refused_.clear();
}

sys::Task<Outcome> Dialer::dial(TablePtr table, model::ServiceId service, Instant deadline) {
  const model::DialTarget& target = table->targets[service.number()];
  return reach(std::move(table), target, deadline);
}

sys::Task<Outcome> Dialer::reach(TablePtr table, const model::DialTarget& target, Instant deadline) {
  Addresses addresses = target.addresses;
  const NamedBy named_by = addresses.empty() ? NamedBy::resolver : NamedBy::configuration;
  const Instant began = reactor_.now();
  if (named_by == NamedBy::resolver) addresses = co_await resolver_.resolve(target.server_name, deadline);
  if (addresses.empty()) co_return CloseReason::upstream_unresolved;
  const Instant::duration resolving = reactor_.now() - began;

  const std::vector<Endpoint> endpoints = permitted(addresses, named_by, *table, target);
  if (endpoints.empty()) co_return CloseReason::upstream_forbidden;

  Race race(reactor_, health_.order(endpoints, reactor_.now()));
  Outcome outcome = co_await race.run(deadline);
  learn(race.findings(), target);
  if (auto* connection = std::get_if<Connection>(&outcome))
    connection->resolving = std::chrono::duration_cast<std::chrono::milliseconds>(resolving);
  co_return outcome;
}

std::vector<Endpoint> Dialer::permitted(const Addresses& addresses, NamedBy named_by,
                                        const model::DialTable& table, const model::DialTarget& target) {
  std::vector<Endpoint> endpoints;
  for (const model::IpAddress& address : addresses) {
    const Endpoint endpoint{address, target.port};
    const bool strange = named_by == NamedBy::resolver && is_own_address(address);
    if (strange || !may_dial(address, named_by, table.forbidden))
      report_refused(target, endpoint);
    else if (endpoints.size() < kMaxCandidates)
      endpoints.push_back(endpoint);
  }
  return endpoints;
}

void Dialer::report_refused(const model::DialTarget& target, const Endpoint& endpoint) {
  if (refused_.size() >= kMaxReported || !refused_.insert(endpoint).second) return;
  records_.write(about(EventId::address_refused, target, endpoint));
}

void Dialer::learn(const std::vector<Finding>& findings, const model::DialTarget& target) {
  for (const Finding& finding : findings) {
    if (finding.result == Connecting::connected) {
      if (health_.succeeded(finding.endpoint))
        records_.write(about(EventId::endpoint_recovered, target, finding.endpoint));
    } else if (health_.failed(finding.endpoint, reactor_.now())) {
      records_.write(
          about(EventId::endpoint_failed, target, finding.endpoint).add(Field::detail, finding.detail));
    }
  }
}

}  // namespace gw::dial
