#pragma once

#include <string>

#include "net/plan.h"
#include "net/rule_text.h"

namespace gw::net {

/// Nothing in, nothing out, nothing through: every namespace before its first interface is up (W7).
RuleSet base_rule_set();

/// What one namespace lets through under a plan; everything else is dropped and counted.
///   lan, mgmt  new connections and questions to the openings only; out go replies only, so a re-aimed
///              listener, accepted socket or socket of datagrams reaches nothing.
///   wan        nothing new comes in, no echo is answered (ISO-04); out go the dialers' permissions only, by
///              the account that made the socket, so a re-aimed socket reaches nothing but its own services.
/// By these rules alone a flow that was permitted when it began goes on until its end, unless its account is
/// gone or its destination became the clinic's: sessions whose rule is gone are closed by the proxy, and what
/// is left of them is forgotten by settle_flows().
RuleSet rule_set(const Plan& plan, Role role);

/// The same as text for libnftables.
std::string base_rules();
std::string rules(const Plan& plan, Role role);

}  // namespace gw::net
