#include "net/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/accounts.h"
#include "unit/net/two_tenants.h"

namespace gw::net {
namespace {

using tests::address;
using tests::prefix;
using tests::two_tenants;

std::vector<Permission> permissions_of(const Plan& plan, std::uint16_t tenant) {
  std::vector<Permission> out;
  for (const Permission& permission : plan.wan.permissions)
    if (permission.account == model::dialer_account(model::TenantId(tenant))) out.push_back(permission);
  return out;
}

bool allows(const std::vector<Permission>& permissions, Protocol protocol, const char* to,
            std::uint16_t port) {
  return std::any_of(permissions.begin(), permissions.end(), [&](const Permission& permission) {
    return permission.protocol == protocol && permission.port == port &&
           permission.destination.contains(address(to));
  });
}

TEST(Plan, fixed_addresses_open_themselves_and_nothing_beside) {
  const auto own = permissions_of(plan(two_tenants()), 0);
  EXPECT_TRUE(allows(own, Protocol::tcp, "198.51.100.1", 443));
  EXPECT_TRUE(allows(own, Protocol::tcp, "2001:db8:a::1", 443));
  EXPECT_FALSE(allows(own, Protocol::tcp, "198.51.100.2", 443));
  EXPECT_FALSE(allows(own, Protocol::tcp, "198.51.100.1", 8443));
  EXPECT_FALSE(allows(own, Protocol::udp, "198.51.100.1", 443));
  model::Configuration asking = two_tenants();
  asking.tenants[0].services[0].upstream.revocation.responder = {
      "ocsp.example", 80, {address("198.51.100.9")}, "/"};
  EXPECT_FALSE(allows(own, Protocol::tcp, "198.51.100.9", 80));
  EXPECT_TRUE(allows(permissions_of(plan(asking), 0), Protocol::tcp, "198.51.100.9", 80))
      << "the responder (SRV-03)";
}

TEST(Plan, a_service_found_by_name_opens_its_port_in_both_families) {
  const auto own = permissions_of(plan(two_tenants()), 1);
  EXPECT_TRUE(allows(own, Protocol::tcp, "192.0.2.77", 8443));
  EXPECT_TRUE(allows(own, Protocol::tcp, "2001:db8:77::1", 8443));
  EXPECT_FALSE(allows(own, Protocol::tcp, "192.0.2.77", 443));
}

TEST(Plan, no_permission_covers_another) {
  const auto own = permissions_of(plan(two_tenants()), 1);
  const auto fixed = [](const Permission& p) { return p.destination == prefix("198.51.100.9"); };
  EXPECT_TRUE(std::none_of(own.begin(), own.end(), fixed)) << "the port is open everywhere already";
}

TEST(Plan, every_dialer_may_ask_the_resolvers_over_both_transports) {
  for (const std::uint16_t tenant : {std::uint16_t{0}, std::uint16_t{1}}) {
    const auto own = permissions_of(plan(two_tenants()), tenant);
    EXPECT_TRUE(allows(own, Protocol::udp, "203.0.113.53", 53));
    EXPECT_TRUE(allows(own, Protocol::tcp, "203.0.113.53", 53));
    EXPECT_FALSE(allows(own, Protocol::udp, "203.0.113.54", 53));
  }
}

TEST(Plan, administrators_have_a_side_of_their_own_with_one_port) {
  EXPECT_EQ(plan(two_tenants()).mgmt, AnsweringSide()) << "nobody asked for it";
  model::Configuration configuration = two_tenants();
  configuration.management.emplace();
  configuration.management->interface = "mgmt0";
  configuration.management->addresses = {prefix("172.31.9.1/24")};
  configuration.management->listener = {address("172.31.9.1"), 443};
  const AnsweringSide side = plan(configuration).mgmt;
  EXPECT_EQ(side.links, (std::vector<Link>{{"mgmt0", {prefix("172.31.9.1/24")}}}));
  EXPECT_EQ(side.openings, (std::vector<Opening>{{"mgmt0", {address("172.31.9.1"), 443}}}));
  EXPECT_EQ(side.sources, (std::vector<Source>{{"mgmt0", prefix("172.31.9.0/24")}}));
  EXPECT_EQ(plan(configuration).lan, plan(two_tenants()).lan);
  const auto& forbidden = plan(configuration).wan.forbidden;
  EXPECT_NE(std::find(forbidden.begin(), forbidden.end(), prefix("172.31.9.0/24")), forbidden.end())
      << "no dialer reaches it (W5)";
}

TEST(Plan, segments_and_clinic_prefixes_are_forbidden_without_overlap) {
  EXPECT_EQ(plan(two_tenants()).wan.forbidden,
            (std::vector{prefix("10.0.0.0/8"), prefix("192.168.0.0/16"), prefix("fd00::/8")}));
  model::Configuration apart = two_tenants();
  apart.network.clinic_prefixes.clear();
  EXPECT_EQ(plan(apart).wan.forbidden,
            (std::vector{prefix("10.1.0.0/24"), prefix("10.2.0.0/24"), prefix("fd00:1::/64")}));
}

TEST(Plan, an_opening_is_on_the_interface_that_owns_its_address) {
  const Plan made = plan(two_tenants());
  const std::vector<Opening> expected = {{"lan0", {address("10.1.0.1"), 443}},
                                         {"lan0", {address("fd00:1::1"), 443}},
                                         {"lan1", {address("10.2.0.1"), 2762}}};
  EXPECT_EQ(made.lan.openings, expected);
}

TEST(Plan, the_boxs_own_services_are_open_where_a_segment_asks_for_them_and_nowhere_else) {
  model::Configuration configuration = two_tenants();
  const std::vector<Opening> without = plan(configuration).lan.openings;
  configuration.network.lan[0].serve.names = true;
  configuration.network.lan[1].serve.time = true;
  std::vector<Opening> expected = without;
  for (const char* own : {"10.1.0.1", "fd00:1::1"})
    for (const Protocol protocol : {Protocol::tcp, Protocol::udp})
      expected.push_back({"lan0", {address(own), 53}, protocol});
  expected.push_back({"lan1", {address("10.2.0.1"), 123}, Protocol::udp});
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(plan(configuration).lan.openings, expected);
}

TEST(Plan, a_listener_on_an_address_of_no_segment_stays_closed) {
  model::Configuration configuration = two_tenants();
  configuration.tenants[0].listeners = {tests::listener(0, "10.1.0.7", 443)};
  EXPECT_EQ(plan(configuration).lan.openings.size(), 1u);
}

TEST(Plan, segments_on_one_interface_are_one_link) {
  model::Configuration configuration = two_tenants();
  configuration.network.lan[1].interface = "lan0";
  const Plan made = plan(configuration);
  ASSERT_EQ(made.lan.links.size(), 1u);
  EXPECT_EQ(made.lan.links[0].addresses.size(), 3u);
}

TEST(Plan, a_tenant_may_listen_on_several_segments) {
  model::Configuration configuration = two_tenants();
  configuration.tenants[0].listeners.push_back(tests::listener(2, "10.2.0.1", 444));
  const auto openings = plan(configuration).lan.openings;
  EXPECT_NE(
      std::find(openings.begin(), openings.end(), Opening{"lan1", {address("10.2.0.1"), 444}, Protocol::tcp}),
      openings.end());
}

TEST(Plan, a_vlan_and_a_bridge_are_made_of_what_is_there) {
  model::Configuration configuration = two_tenants();
  configuration.network.lan[0].vlan = {"lan0", 20};
  configuration.network.lan[0].interface = "lan0.20";
  configuration.network.lan[1].ports = {"lan2", "lan1"};
  configuration.network.lan[1].interface = "labs0";
  const Plan made = plan(configuration);
  ASSERT_EQ(made.lan.links.size(), 2u);
  EXPECT_EQ(foundations_of(made.lan.links[0]), (std::vector<std::string>{"lan1", "lan2"}));
  EXPECT_EQ(foundations_of(made.lan.links[1]), std::vector<std::string>{"lan0"});
  EXPECT_EQ(made.lan.links[1].vlan.id, 20);
  EXPECT_EQ(foundations_of(made.wan.links[0]), std::vector<std::string>{"wan0"});
  const auto read = decode<Plan>(encode(made));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, made);
}

TEST(Plan, management_has_nothing_until_it_is_configured) {
  EXPECT_EQ(plan(two_tenants()).mgmt, AnsweringSide{});
  EXPECT_TRUE(links_of(plan(two_tenants()), Role::mgmt).empty());
}

TEST(Plan, order_in_the_configuration_does_not_matter) {
  model::Configuration turned = two_tenants();
  std::reverse(turned.network.lan.begin(), turned.network.lan.end());
  std::reverse(turned.network.clinic_prefixes.begin(), turned.network.clinic_prefixes.end());
  std::reverse(turned.tenants[1].services.begin(), turned.tenants[1].services.end());
  EXPECT_EQ(plan(turned), plan(two_tenants()));
}

TEST(PlanLayout, what_was_written_is_what_is_read) {
  const Plan made = plan(two_tenants());
  const auto read = decode<Plan>(encode(made));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, made);
}

TEST(PlanLayout, a_flipped_or_cut_plan_is_refused_or_stays_within_its_layout) {
  const auto bytes = encode(plan(two_tenants()));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode<Plan>(Bytes(bytes).first(size))) << size;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto flipped = bytes;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
    if (const auto read = decode<Plan>(flipped)) {
      EXPECT_EQ(encode(*read).size(), flipped.size());
    }
  }
}

TEST(PlanLayout, a_name_that_could_mean_something_in_a_rule_is_refused) {
  for (const char* name : {"", "lan*", "lan0\"", "a b", "a}", "lan0123456789012", ".."}) {
    auto bytes = encode(plan(two_tenants()));
    Writer writer;
    std::string text = name;
    writer.text(text, 64);
    const auto wanted = writer.take();
    const std::string marker("\0\0\0\4wan0", 8);
    const auto at = std::search(bytes.begin(), bytes.end(), marker.begin(), marker.end());
    ASSERT_NE(at, bytes.end());
    const auto position = bytes.erase(at, at + 8);
    bytes.insert(position, wanted.begin(), wanted.end());
    EXPECT_FALSE(decode<Plan>(bytes)) << name;
  }
}

TEST(PlanLayout, nobody_but_a_dialer_can_be_let_out) {
  const auto bytes = encode(plan(two_tenants()));
  const auto account = encode(Id<struct Any, std::uint32_t>(model::dialer_account(model::TenantId(0))));
  for (const std::uint32_t other : {0u, model::kNetApplyAccount, model::proxy_account(model::TenantId(0))}) {
    auto forged = bytes;
    const auto at = std::search(forged.begin(), forged.end(), account.begin(), account.end());
    ASSERT_NE(at, forged.end());
    const auto number = encode(Id<struct Any, std::uint32_t>(other));
    std::copy(number.begin(), number.end(), at);
    EXPECT_FALSE(decode<Plan>(forged)) << other;
  }
}

}  // namespace
}  // namespace gw::net
