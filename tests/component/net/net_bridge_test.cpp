#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"

// ISO-03, LAN-03: several ports of the box are one segment, and still no terminal reaches another through it.

namespace gw::net {
namespace {

using testing::Contains;
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

Plan bridged_plan() {
  model::Configuration configuration = two_tenants();
  configuration.network.lan[0].interface = "rooms0";
  configuration.network.lan[0].ports = {"lan0", "lan1"};
  return plan(configuration);
}

class Bridge : public testing::Test {
 protected:
  void SetUp() override {
    run(stage.arrivals, "ip link add lan1 type veth peer name ward0 netns " + tests::path_of(ward));
    for (const char* address : {"10.1.0.10/24", "fd00:1::10/64"})
      run(ward, std::string("ip addr add ") + address + " dev ward0 nodad");
    run(ward, "ip link set ward0 up");
    apply_all(stage, wanted);
    auto first = look_again("lan", stage.lan, wanted, UniqueFd());
    ASSERT_TRUE(first) << first.error().to_text();
    EXPECT_THAT(first->repaired, IsEmpty());
    listing = std::move(first->listing);
  }

  void expect_undone(const std::string& command, const std::string& expected) {
    run(stage.lan, command);
    const auto answer = look_again("lan", stage.lan, wanted, listing);
    ASSERT_TRUE(answer) << command << ": " << answer.error().to_text();
    EXPECT_THAT(answer->repaired, Contains(expected)) << command;
    const auto again = look_again("lan", stage.lan, wanted, listing);
    ASSERT_TRUE(again) << again.error().to_text();
    EXPECT_THAT(again->repaired, IsEmpty()) << command;
  }

  Stage stage, elsewhere;
  const UniqueFd& ward = elsewhere.arrivals;
  const Plan wanted = bridged_plan();
  UniqueFd listing;
};

TEST_F(Bridge, terminals_on_every_port_reach_the_box) {
  for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
    const UniqueFd door = listener(stage.lan, at(address, 443));
    EXPECT_TRUE(reaches(stage.clinic, 0, at(address, 443))) << address;
    EXPECT_TRUE(reaches(ward, 0, at(address, 443))) << address;
  }
}

TEST_F(Bridge, terminals_on_two_ports_do_not_reach_each_other_and_the_walls_are_what_stops_them) {
  for (const auto& [one, other] : {std::pair{"10.1.0.9", "10.1.0.10"}, {"fd00:1::9", "fd00:1::10"}}) {
    const UniqueFd in_clinic = listener(stage.clinic, at(one, 104)), in_ward = listener(ward, at(other, 104));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(other, 104))) << other;
    EXPECT_TRUE(is_silent(ward, 0, at(one, 104))) << one;
    run(stage.lan, "bridge link set dev lan0 isolated off");
    run(stage.lan,
        "sysctl -qe -w net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0");
    EXPECT_TRUE(reaches(stage.clinic, 0, at(other, 104))) << other;
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, wanted));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(other, 104))) << other;
  }
}

TEST_F(Bridge, isolation_alone_keeps_terminals_apart) {
  run(stage.lan, "sysctl -qe -w net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0");
  for (const char* address : {"10.1.0.10", "fd00:1::10"}) {
    const UniqueFd in_ward = listener(ward, at(address, 104));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 104))) << address;
  }
}

TEST_F(Bridge, what_somebody_does_to_it_is_undone) {
  expect_undone("bridge link set dev lan1 isolated off", "interface lan1 was a port that reaches others");
  expect_undone("ip link set lan1 nomaster", "interface lan1 was no port of rooms0");
  expect_undone("ip link set lan0 down", "interface lan0 was down");
  expect_undone("ip link set rooms0 down", "interface rooms0 was down");
  expect_undone("ip link del rooms0", "interface rooms0 was missing");
  expect_undone("sh -c 'ip link del rooms0; ip link add rooms0 type veth peer name other0'",
                "interface rooms0 is not ours and was a veth");
  expect_undone("ip link add own0 type bridge", "interface own0 is not ours and was a bridge");
  expect_undone("sh -c 'ip link add stray type veth peer name other; ip link set stray master rooms0'",
                "interface stray was a port of rooms0");
}

TEST_F(Bridge, goes_when_the_plan_has_none) {
  const Plan plain = plan(two_tenants());
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plain));
  EXPECT_EQ(run(stage.lan, "ip -o link show type bridge"), "");
  EXPECT_EQ(run(stage.lan, "ip -o link show lan1 up"), "");
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  EXPECT_TRUE(reaches(stage.clinic, 0, at("10.1.0.1", 443)));
}

/// On a kernel that knows them, net_vlan_test goes on from here; it runs in the machine of tests/machine.
TEST(Vlan, is_made_or_refused_in_words) {
  const Stage stage;
  model::Configuration configuration = two_tenants();
  configuration.network.lan[0].vlan = {"lan0", 20};
  configuration.network.lan[0].interface = "lan0.20";
  const Plan wanted = plan(configuration);
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, wanted));
  const Result<> done = net_apply(stage, "lan", stage.lan, wanted);
  if (done) {
    EXPECT_THAT(run(stage.lan, "ip -d link show lan0.20"), testing::HasSubstr("id 20"));
    return;
  }
  EXPECT_EQ(done.error().to_text(), "net.vlan_unsupported: lan0.20: this kernel knows no VLANs (802.1Q)");
}

TEST_F(Bridge, an_entry_that_was_set_by_hand_is_removed_and_a_learnt_one_is_left) {
  expect_undone("bridge fdb add 02:00:00:00:00:77 dev lan0 master static",
                "bridge entry 02:00:00:00:00:77 on lan0 is not ours");
  expect_undone("bridge fdb add 02:00:00:00:00:78 dev lan1 master permanent",
                "bridge entry 02:00:00:00:00:78 on lan1 is not ours");
  expect_undone("bridge fdb add 02:00:00:00:00:79 dev rooms0 self permanent",
                "bridge entry 02:00:00:00:00:79 on rooms0 is not ours");
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  ASSERT_TRUE(reaches(stage.clinic, 0, at("10.1.0.1", 443)));
  const std::string link = run(stage.clinic, "ip link show clinic0");
  const std::string learnt = link.substr(link.find("link/ether ") + 11, 17);
  ASSERT_THAT(run(stage.lan, "bridge fdb show dev lan0"), testing::HasSubstr(learnt));
  const auto answer = look_again("lan", stage.lan, wanted, listing);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired, IsEmpty());
  EXPECT_THAT(run(stage.lan, "bridge fdb show dev lan0"), testing::HasSubstr(learnt));
}

}  // namespace
}  // namespace gw::net
