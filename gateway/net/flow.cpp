#include "net/flow.h"

#include <algorithm>
#include <utility>

#include "net/coverage.h"
#include "net/protocol.h"

namespace gw::net {

std::string to_text(const Flow& flow) {
  return protocol_text(flow.protocol) + " flow " + flow.source.to_text() + " to " +
         flow.destination.to_text();
}

FlowRules::FlowRules(const Plan& plan, Role role, std::vector<model::IpAddress> own)
    : role_(role), own_(std::move(own)) {
  sort_once(own_);
  if (role == Role::wan)
    take(plan.wan);
  else
    take(role == Role::lan ? plan.lan : plan.mgmt);
}

void FlowRules::take(const AnsweringSide& side) {
  for (const Opening& opening : side.openings)
    doors_.push_back({number_of(opening.protocol), opening.endpoint, opening.interface});
  sort_once(doors_);
  sources_ = side.sources;
}

void FlowRules::take(const CallingSide& side) {
  for (const Permission& permission : side.permissions)
    reaches_.push_back({number_of(permission.protocol), permission.port, permission.destination});
  sort_once(reaches_);
  forbidden_ = side.forbidden;
}

bool FlowRules::allow(const Flow& flow) const {
  return role_ == Role::wan ? may_call(flow) : may_answer(flow);
}

bool FlowRules::may_answer(const Flow& flow) const {
  const auto lives_at = [&](const std::string& interface) {
    return std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
      return source.interface == interface && source.prefix.contains(flow.source.address);
    });
  };
  auto door = std::lower_bound(doors_.begin(), doors_.end(), Door{flow.protocol, flow.destination, ""});
  for (; door != doors_.end() && door->protocol == flow.protocol && door->endpoint == flow.destination;
       ++door)
    if (lives_at(door->interface)) return true;
  return false;
}

bool FlowRules::may_call(const Flow& flow) const {
  const model::IpAddress& to = flow.destination.address;
  const auto covers = [&](const model::Prefix& prefix) { return prefix.contains(to); };
  if (std::binary_search(own_.begin(), own_.end(), to)) return false;
  if (std::any_of(forbidden_.begin(), forbidden_.end(), covers)) return false;
  const std::pair wanted{flow.protocol, flow.destination.port};
  const auto before = [](const Reach& reach, const auto& pair) {
    return std::pair{reach.protocol, reach.port} < pair;
  };
  auto reach = std::lower_bound(reaches_.begin(), reaches_.end(), wanted, before);
  for (; reach != reaches_.end() && std::pair{reach->protocol, reach->port} == wanted; ++reach)
    if (covers(reach->destination)) return true;
  return false;
}

}  // namespace gw::net
