#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "component/net/stage.h"
#include "net/plan.h"
#include "sys/sealed.h"

namespace gw::net {
namespace {

using tests::apply_all;
using tests::net_apply;
using tests::run;
using tests::Stage;
using tests::two_tenants;

/// Everything net-apply answers for, as the tools of others see it; link-local addresses come when the kernel
/// likes.
std::string state_of(const UniqueFd& in) {
  return run(in,
             "ip -o addr show | grep -v fe80; ip -4 route show table all;"
             "ip -6 route show table main | grep -v fe80; nft -s list ruleset");
}

Plan changed(void (*change)(model::Configuration&)) {
  model::Configuration configuration = two_tenants();
  change(configuration);
  return plan(configuration);
}

TEST(NetApply, puts_each_interface_into_its_namespace_with_its_addresses) {
  const Stage stage;
  apply_all(stage, plan(two_tenants()));
  EXPECT_EQ(run(stage.arrivals, "ip -j link show").find("lan0"), std::string::npos);
  const std::string lan = run(stage.lan, "ip -o addr show dev lan0"),
                    wan = run(stage.wan, "ip -o addr show dev wan0");
  for (const char* address : {"10.1.0.1/24", "fd00:1::1/64"}) EXPECT_NE(lan.find(address), std::string::npos);
  for (const char* address : {"203.0.113.2/24", "2001:db8::2/64"})
    EXPECT_NE(wan.find(address), std::string::npos);
  EXPECT_NE(run(stage.wan, "ip route show default").find("via 203.0.113.1 dev wan0"), std::string::npos);
  EXPECT_NE(run(stage.wan, "ip -6 route show default").find("via 2001:db8::1 dev wan0"), std::string::npos);
  EXPECT_EQ(run(stage.lan, "ip route show default"), "");
}

TEST(NetApply, applied_twice_changes_nothing) {
  const Stage stage;
  const Plan wanted = plan(two_tenants());
  apply_all(stage, wanted);
  const std::string lan = state_of(stage.lan), wan = state_of(stage.wan);
  apply_all(stage, wanted);
  EXPECT_EQ(state_of(stage.lan), lan);
  EXPECT_EQ(state_of(stage.wan), wan);
}

TEST(NetApply, what_the_plan_no_longer_has_goes_away) {
  const Stage stage;
  apply_all(stage, plan(two_tenants()));
  run(stage.lan, "ip addr add 10.9.9.9/24 dev lan0");
  run(stage.lan, "ip route add 172.16.0.0/12 via 10.1.0.9");
  run(stage.wan, "ip -6 route add default via 2001:db8::77 metric 1");
  run(stage.wan, "ip route add blackhole 198.18.0.0/15");
  const Plan moved = changed([](model::Configuration& c) {
    c.network.lan[0].addresses = {*model::Prefix::parse("10.1.0.2/24")};
    c.network.wan.gateways.pop_back();
  });
  apply_all(stage, moved);
  const std::string lan = run(stage.lan, "ip -o addr show dev lan0");
  EXPECT_NE(lan.find("10.1.0.2/24"), std::string::npos);
  EXPECT_EQ(lan.find("10.9.9.9"), std::string::npos);
  EXPECT_EQ(lan.find("fd00:1::1"), std::string::npos);
  EXPECT_EQ(run(stage.lan, "ip route show").find("172.16"), std::string::npos);
  EXPECT_EQ(run(stage.wan, "ip -6 route show default"), "");
  EXPECT_EQ(run(stage.wan, "ip route show").find("blackhole"), std::string::npos);
  EXPECT_NE(run(stage.wan, "ip route show default"), "");
}

TEST(NetApply, an_address_survives_the_loss_of_the_one_it_was_secondary_to) {
  const Stage stage;
  apply_all(stage, plan(two_tenants()));
  run(stage.lan, "ip addr add 10.1.0.2/24 dev lan0");
  const Plan moved = changed(
      [](model::Configuration& c) { c.network.lan[0].addresses = {*model::Prefix::parse("10.1.0.2/24")}; });
  apply_all(stage, moved);
  const std::string lan = run(stage.lan, "ip -o -4 addr show dev lan0");
  EXPECT_NE(lan.find("10.1.0.2/24"), std::string::npos);
  EXPECT_EQ(lan.find("10.1.0.1/24"), std::string::npos);
}

TEST(NetApply, a_missing_interface_is_named_and_nothing_is_moved) {
  const Stage stage;
  const Plan wrong = changed([](model::Configuration& c) { c.network.wan.interface = "wan7"; });
  const Result<> done = net_apply(stage, "links", stage.arrivals, wrong);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().to_text(), "net.interface_missing: wan7");
  EXPECT_NE(run(stage.arrivals, "ip link show lan0"), "");
}

TEST(NetApply, an_interface_that_is_in_its_namespace_already_stays) {
  const Stage stage;
  const Plan wanted = plan(two_tenants());
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, wanted));
  const Result<> again = net_apply(stage, "links", stage.arrivals, wanted);
  EXPECT_TRUE(again) << again.error().to_text();
}

TEST(NetApply, loopback_is_configured_where_it_is) {
  const Stage stage;
  const Plan here = changed([](model::Configuration& c) {
    c.network.lan = {{"here", "lo", {*model::Prefix::parse("127.0.0.1/8")}}};
    c.network.wan = {"lo", {*model::Prefix::parse("127.0.0.1/8")}, {}};
  });
  apply_all(stage, here);
  EXPECT_NE(run(stage.lan, "ip link show lo up"), "");
}

TEST(NetApply, rules_stand_even_if_the_interface_is_missing) {
  const Stage stage;
  const Result<> done = net_apply(stage, "lan", stage.lan, plan(two_tenants()));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().to_text(), "net.interface_missing: lan0");
  EXPECT_NE(run(stage.lan, "nft list ruleset").find("10.1.0.1 . 443"), std::string::npos);
}

TEST(NetApply, a_plan_that_is_not_sealed_or_not_a_plan_is_refused) {
  const Stage stage;
  const auto bytes = encode(plan(two_tenants()));
  const auto garbage = sys::seal(Bytes(bytes).first(bytes.size() - 1), "plan");
  ASSERT_TRUE(garbage);
  for (const UniqueFd* input : {&stage.lan, &*garbage}) {
    const Result<> done = net_apply_bytes(stage, "lan", stage.lan, *input);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::message_malformed);
  }
  EXPECT_EQ(run(stage.lan, "nft list ruleset"), "");
}

/// One prefix within another: no kernel takes both into one set of intervals.
TEST(NetApply, rules_that_are_refused_leave_the_ones_before_in_force) {
  const Stage stage;
  ASSERT_TRUE(net_apply_bytes(stage, "base", stage.wan, UniqueFd()));
  const std::string before = run(stage.wan, "nft list ruleset");
  Plan overlapping = plan(two_tenants());
  overlapping.wan.forbidden.push_back(*model::Prefix::parse("192.168.7.0/24"));
  const Result<> done = net_apply(stage, "wan", stage.wan, overlapping);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::net_rules_refused) << done.error().to_text();
  EXPECT_EQ(run(stage.wan, "nft list ruleset"), before);
}

/// Kernels differ: some refuse the narrower one of two permissions, Debian's takes it in without a word and
/// without effect. What is read back tells.
TEST(NetApply, a_permission_that_the_kernel_swallows_is_no_success) {
  const Stage stage;
  Plan overlapping = plan(two_tenants());
  const auto everywhere = [](const Permission& p) {
    return p.destination == *model::Prefix::parse("0.0.0.0/0");
  };
  const auto& permissions = overlapping.wan.permissions;
  Permission within = *std::find_if(permissions.begin(), permissions.end(), everywhere);
  within.destination = *model::Prefix::parse("198.51.100.0/24");
  overlapping.wan.permissions.push_back(within);
  const Result<> done = net_apply(stage, "wan", stage.wan, overlapping);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().code, testing::AnyOf(ErrorCode::net_rules_refused, ErrorCode::net_apply_failed));
}

TEST(NetApply, a_gateway_off_the_link_is_a_failure_in_words) {
  const Stage stage;
  const Plan wrong = changed(
      [](model::Configuration& c) { c.network.wan.gateways = {*model::IpAddress::parse("172.31.0.1")}; });
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, wrong));
  const Result<> done = net_apply(stage, "wan", stage.wan, wrong);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::net_apply_failed);
  EXPECT_NE(done.error().detail.find("172.31.0.1"), std::string::npos);
}

TEST(NetApply, a_hundred_tenants_are_applied_and_read_back) {
  const Stage stage;
  model::Configuration many = two_tenants();
  const model::Tenant pattern = many.tenants[0];
  many.tenants.clear();
  for (std::uint16_t id = 0; id < 100; ++id) {
    model::Tenant& tenant = many.tenants.emplace_back(pattern);
    tenant.id = model::TenantId(id);
    for (std::uint16_t port = 1; port <= 10; ++port) {
      tenant.services.push_back(tenant.services[0]);
      tenant.services.back().upstream.port = port;
      tenant.listeners[0].endpoint.port = static_cast<std::uint16_t>(10'000 + id * 10 + port);
      tenant.listeners.push_back(tenant.listeners[0]);
    }
  }
  apply_all(stage, plan(many));
}

}  // namespace
}  // namespace gw::net
