#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "ipc/inherited.h"
#include "model/accounts.h"
#include "net/plan.h"
#include "sys/sealed.h"

// The way from one configuration to the next, and back if it cannot be finished.

namespace gw::net {
namespace {

using testing::IsEmpty;
using tests::at;
using tests::is_silent;
using tests::listener;
using tests::look_again;
using tests::net_apply;
using tests::reaches;
using tests::run;
using tests::Stage;
using tests::two_tenants;

constexpr std::uint32_t kA = model::dialer_account(model::TenantId{0});

Result<tests::Answer> narrow(const std::string& deed, const UniqueFd& in, const Plan& before,
                             const Plan& after) {
  GW_TRY(const UniqueFd from, sys::seal(encode(before), "plan"));
  GW_TRY(const UniqueFd to, sys::seal(encode(after), "plan"));
  return tests::net_apply_with(deed, in, {{to.get(), ipc::kInputFd}, {from.get(), ipc::kBeforeFd}});
}

/// Another port, another service address and another box address.
Plan moved_plan() {
  model::Configuration moved = two_tenants();
  moved.network.lan[0].addresses.push_back(*model::Prefix::parse("10.1.0.2/24"));
  moved.tenants[0].listeners[0].endpoint = at("10.1.0.2", 443);
  moved.tenants[0].services[0].upstream.addresses = {*model::IpAddress::parse("198.51.100.9"),
                                                     *model::IpAddress::parse("2001:db8:a::1")};
  return plan(moved);
}

TEST(Transition, in_between_only_what_both_allow_is_allowed_and_the_new_addresses_are_there) {  // W6
  const Stage stage;
  const Plan before = plan(two_tenants()), after = moved_plan();
  apply_all(stage, before);
  for (const auto& [deed, in] :
       {std::pair<const char*, const UniqueFd&>{"narrow-lan", stage.lan}, {"narrow-wan", stage.wan}}) {
    const auto done = narrow(deed, in, before, after);
    ASSERT_TRUE(done) << deed << done.error().to_text();
    EXPECT_TRUE(done->listing);
  }
  const UniqueFd old_door = listener(stage.lan, at("10.1.0.1", 443)),
                 new_door = listener(stage.lan, at("10.1.0.2", 443)),
                 kept_door = listener(stage.lan, at("fd00:1::1", 443));
  EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.1", 443)));
  EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.2", 443)));
  EXPECT_TRUE(reaches(stage.clinic, 0, at("fd00:1::1", 443)));
  const UniqueFd old_service = listener(stage.cloud, at("198.51.100.1", 443)),
                 new_service = listener(stage.cloud, at("198.51.100.9", 443)),
                 kept_service = listener(stage.cloud, at("2001:db8:a::1", 443));
  EXPECT_TRUE(is_silent(stage.wan, kA, at("198.51.100.1", 443)));
  EXPECT_TRUE(is_silent(stage.wan, kA, at("198.51.100.9", 443)));
  EXPECT_TRUE(reaches(stage.wan, kA, at("2001:db8:a::1", 443)));

  apply_all(stage, after);
  EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.1", 443)));
  EXPECT_TRUE(reaches(stage.clinic, 0, at("10.1.0.2", 443)));
  EXPECT_TRUE(reaches(stage.wan, kA, at("198.51.100.9", 443)));
}

TEST(Transition, a_narrowing_without_the_plan_before_is_refused) {
  const Stage stage;
  const auto done = net_apply(stage, "narrow-lan", stage.lan, plan(two_tenants()));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::message_malformed);
}

std::string state_of(const UniqueFd& in) {
  return run(in,
             "ip -o link show up | cut -d@ -f1; ip -o addr show | grep -v fe80; ip -4 route show table all;"
             "ip -6 route show table all | grep -v fe80; nft -s list ruleset");
}

TEST(Transition, a_plan_that_broke_off_in_the_middle_is_undone_by_the_one_before) {
  const Stage stage;
  const Plan before = plan(two_tenants());
  apply_all(stage, before);
  auto lan = look_again("lan", stage.lan, before, UniqueFd()),
       wan = look_again("wan", stage.wan, before, UniqueFd());
  ASSERT_TRUE(lan && wan);
  const std::string lan_state = state_of(stage.lan), wan_state = state_of(stage.wan);

  Plan broken = moved_plan();
  broken.wan.links[0].addresses = {*model::Prefix::parse("203.0.113.7/24")};
  broken.wan.links[0].gateways = {*model::IpAddress::parse("172.31.0.1")};  // off the link
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, broken));
  ASSERT_FALSE(net_apply(stage, "wan", stage.wan, broken));
  EXPECT_NE(state_of(stage.wan), wan_state) << "it broke off in the middle";

  for (const auto& [deed, in, listing] :
       {std::tuple<const char*, const UniqueFd&, const UniqueFd&>{"lan", stage.lan, lan->listing},
        {"wan", stage.wan, wan->listing}}) {
    ASSERT_TRUE(net_apply(stage, deed, in, before)) << deed;
    const auto again = look_again(deed, in, before, listing);
    ASSERT_TRUE(again) << again.error().to_text();
    EXPECT_THAT(again->repaired, IsEmpty()) << deed;
  }
  EXPECT_EQ(state_of(stage.lan), lan_state);
  EXPECT_EQ(state_of(stage.wan), wan_state);
}

/// Ten tenants with twenty services and listeners each.
model::Configuration two_hundred_rules() {
  model::Configuration many = two_tenants();
  const model::Tenant pattern = many.tenants[0];
  many.tenants.clear();
  for (std::uint16_t id = 0; id < 10; ++id) {
    model::Tenant tenant = pattern;
    tenant.id = model::TenantId(id);
    tenant.services.assign(20, pattern.services[0]);
    tenant.listeners.assign(20, pattern.listeners[0]);
    for (std::uint16_t i = 0; i < 20; ++i) {
      tenant.services[i].upstream.port = static_cast<std::uint16_t>(1'000 + i);
      tenant.listeners[i].endpoint.port = static_cast<std::uint16_t>(10'000 + id * 20 + i);
    }
    many.tenants.push_back(std::move(tenant));
  }
  return many;
}

TEST(Transition, a_publication_of_two_hundred_rules_passes_ten_thousand_flows_within_a_second) {
  const Stage stage;
  model::Configuration few = two_tenants();
  few.tenants[1].listeners[0].endpoint.port = 10'000;
  const Plan before = plan(few), after = plan(two_hundred_rules());
  ASSERT_EQ(after.lan.openings.size(), 200u);
  apply_all(stage, before);
  tests::load_flows(stage.lan, 10'000, 10'000);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, after));
  ASSERT_TRUE(narrow("narrow-lan", stage.lan, before, after));
  ASSERT_TRUE(narrow("narrow-wan", stage.wan, before, after));
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, after));
  ASSERT_TRUE(net_apply(stage, "wan", stage.wan, after));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::printf("links, narrowed and whole, two namespaces: %.3f s\n", taken.count());
  EXPECT_EQ(run(stage.lan, "conntrack -C"), "10000\n") << "their opening stays, and so do they";
  EXPECT_LT(taken.count(), 1.0);
}

}  // namespace
}  // namespace gw::net
