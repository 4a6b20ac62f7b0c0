#include "net/with_lease.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "net/ruleset.h"
#include "net/transition.h"
#include "unit/net/two_tenants.h"

// What a DHCP server lends becomes part of the plan, and nothing else of the plan moves.

namespace gw::net {
namespace {

using tests::address;
using tests::prefix;

model::Configuration borrowing() {
  model::Configuration out = tests::two_tenants();
  out.network.wan = {
      "wan0", {prefix("2001:db8::2/64")}, {address("2001:db8::1")}, {}, model::Ipv4Source::dhcp};
  return out;
}

model::Lease lent(const char* own = "198.18.0.7/16") {
  return {"wan0", prefix(own), address("198.18.0.1"), address("198.18.0.2")};
}

TEST(WithLease, address_router_and_the_way_to_renew_come_in_and_nothing_else) {
  const Plan before = plan(borrowing());
  Plan expected = before;
  expected.wan.links.at(0).addresses = {prefix("198.18.0.7/16"), prefix("2001:db8::2/64")};
  expected.wan.links.at(0).gateways = {address("198.18.0.1"), address("2001:db8::1")};
  expected.wan.permissions.insert(expected.wan.permissions.begin(),
                                  {model::kDhcpAccount, Protocol::udp, prefix("198.18.0.2/32"), 67});
  EXPECT_EQ(with_lease(before, lent()), expected);
}

TEST(WithLease, without_a_lease_the_client_reaches_nobody) {
  const Plan before = plan(borrowing());
  EXPECT_EQ(with_lease(before, std::nullopt), before);
  EXPECT_EQ(rules(before, Role::wan).find(std::to_string(model::kDhcpAccount)), std::string::npos);
}

TEST(WithLease, a_plan_that_borrows_nothing_stays_as_it_is) {
  const Plan fixed = plan(tests::two_tenants());
  EXPECT_EQ(with_lease(fixed, lent()), fixed);
}

TEST(WithLease, another_interfaces_lease_is_none) {
  model::Lease lease = lent();
  lease.interface = "wan1";
  EXPECT_EQ(with_lease(plan(borrowing()), lease), plan(borrowing()));
}

TEST(WithLease, a_lease_in_the_clinic_is_none) {
  model::Lease lease = lent("10.9.0.7/16");
  lease.gateway = address("10.9.0.1");
  EXPECT_EQ(with_lease(plan(borrowing()), lease), plan(borrowing()));
}

TEST(WithLease, the_result_is_a_plan_as_it_travels) {
  const Plan whole = with_lease(plan(borrowing()), lent());
  const auto again = decode<Plan>(encode(whole));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, whole);
}

/// Only where a DHCP server is: account 60608 is let out to nothing else (plan.h).
TEST(WithLease, no_plan_that_travels_lets_the_client_out_elsewhere) {
  for (const Permission& permission :
       {Permission{model::kDhcpAccount, Protocol::tcp, prefix("198.18.0.2/32"), 67},
        Permission{model::kDhcpAccount, Protocol::udp, prefix("198.18.0.2/32"), 53},
        Permission{model::kDhcpAccount, Protocol::udp, prefix("198.18.0.0/16"), 67},
        Permission{model::kDhcpAccount + 1, Protocol::udp, prefix("198.18.0.2/32"), 67},
        Permission{0, Protocol::udp, prefix("198.18.0.2/32"), 67}}) {
    Writer writer;  // what the layout refuses cannot be written by it: octet by octet
    Permission copy = permission;
    writer.field(copy.account);
    writer.choice(copy.protocol, Protocol::udp);
    writer.field(copy.destination);
    writer.field(copy.port);
    EXPECT_FALSE(decode<Permission>(writer.take())) << permission.account << " " << permission.port;
  }
}

TEST(WithLease, between_two_leases_neither_server_is_asked) {
  model::Lease other = lent("198.18.0.8/16");
  other.server = address("198.18.0.3");
  const Plan step = narrowed(with_lease(plan(borrowing()), lent()), with_lease(plan(borrowing()), other));
  EXPECT_TRUE(std::none_of(step.wan.permissions.begin(), step.wan.permissions.end(), is_renewal));
  EXPECT_EQ(step.wan.links.at(0).gateways, (std::vector{address("198.18.0.1"), address("2001:db8::1")}));
}

}  // namespace
}  // namespace gw::net
