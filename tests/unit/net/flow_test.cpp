#include "net/flow.h"

#include <gtest/gtest.h>
#include <netinet/in.h>

#include "unit/net/two_tenants.h"

// W6: which tracked flows a plan would let begin.

namespace gw::net {
namespace {

using tests::address;

struct Case {
  const char* what;
  std::uint8_t protocol;
  const char* source;
  const char* destination;
  std::uint16_t port;
  bool allowed;
};

void expect_judged(const FlowRules& rules, const Case& each) {
  const Flow flow{each.protocol, {address(each.source), 40'000}, {address(each.destination), each.port}};
  EXPECT_EQ(rules.allow(flow), each.allowed) << each.what << ": " << to_text(flow);
}

TEST(FlowRules, in_lan_a_flow_leads_from_a_segment_to_its_own_opening) {
  const FlowRules rules(plan(tests::two_tenants()), Role::lan, {});
  const Case cases[] = {
      {"an opening", IPPROTO_TCP, "10.1.0.9", "10.1.0.1", 443, true},
      {"an opening of IPv6", IPPROTO_TCP, "fd00:1::9", "fd00:1::1", 443, true},
      {"of the other segment", IPPROTO_TCP, "10.2.0.9", "10.2.0.1", 2762, true},
      {"another port", IPPROTO_TCP, "10.1.0.9", "10.1.0.1", 444, false},
      {"another address", IPPROTO_TCP, "10.1.0.9", "10.1.0.2", 443, false},
      {"another protocol", IPPROTO_UDP, "10.1.0.9", "10.1.0.1", 443, false},
      {"no protocol at all", 0, "10.1.0.9", "10.1.0.1", 443, false},
      {"from another segment", IPPROTO_TCP, "10.2.0.9", "10.1.0.1", 443, false},
      {"from nowhere near", IPPROTO_TCP, "192.0.2.9", "10.1.0.1", 443, false},
      {"begun by the box", IPPROTO_TCP, "10.1.0.1", "10.1.0.9", 443, false},
  };
  for (const Case& each : cases) expect_judged(rules, each);
}

TEST(FlowRules, in_wan_a_flow_leads_where_an_account_may_call) {
  const FlowRules rules(plan(tests::two_tenants()), Role::wan, {address("203.0.113.2")});
  const Case cases[] = {
      {"a fixed address", IPPROTO_TCP, "203.0.113.2", "198.51.100.1", 443, true},
      {"of IPv6", IPPROTO_TCP, "2001:db8::2", "2001:db8:a::1", 443, true},
      {"a service by name", IPPROTO_TCP, "203.0.113.2", "192.0.2.50", 8443, true},
      {"a resolver", IPPROTO_UDP, "203.0.113.2", "203.0.113.53", 53, true},
      {"over an address that is gone", IPPROTO_TCP, "203.0.113.3", "198.51.100.1", 443, true},
      {"another address", IPPROTO_TCP, "203.0.113.2", "198.51.100.2", 443, false},
      {"another port", IPPROTO_TCP, "203.0.113.2", "198.51.100.1", 80, false},
      {"another protocol", IPPROTO_UDP, "203.0.113.2", "198.51.100.1", 443, false},
      {"into the clinic", IPPROTO_TCP, "203.0.113.2", "10.1.0.9", 8443, false},
      {"from outside, to a port somebody may call", IPPROTO_TCP, "192.0.2.50", "203.0.113.2", 8443, false},
  };
  for (const Case& each : cases) expect_judged(rules, each);
}

TEST(FlowRules, mgmt_has_its_own_openings) {
  Plan plan;
  plan.mgmt.openings = {{"mgmt0", {address("10.9.0.1"), 443}}};
  plan.mgmt.sources = {{"mgmt0", tests::prefix("10.9.0.0/24")}};
  const FlowRules rules(plan, Role::mgmt, {});
  expect_judged(rules, {"its opening", IPPROTO_TCP, "10.9.0.9", "10.9.0.1", 443, true});
  expect_judged(rules, {"another", IPPROTO_TCP, "10.9.0.9", "10.9.0.1", 22, false});
}

TEST(FlowRules, without_a_plan_nothing_may_be) {
  for (const Role role : {Role::lan, Role::wan, Role::mgmt})
    expect_judged(FlowRules(Plan{}, role, {}), {"any", IPPROTO_TCP, "10.1.0.9", "10.1.0.1", 443, false});
}

}  // namespace
}  // namespace gw::net
