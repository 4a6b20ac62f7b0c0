#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "model/accounts.h"
#include "sys/namespaces.h"

// ISO-03, LAN-03: two segments on one cable, each a VLAN of its own. Needs a kernel with 802.1Q: this program
// runs in the machine of tests/machine.

namespace gw::net {
namespace {

using testing::Contains;
using testing::HasSubstr;
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

model::LanSegment segment(const char* name, std::uint16_t id, const char* v4, const char* v6) {
  const model::Vlan vlan{"lan0", id};
  return {name, vlan_interface(vlan), {*model::Prefix::parse(v4), *model::Prefix::parse(v6)}, vlan, {}};
}

/// Tenant A's rooms are VLAN 20, tenant B's laboratory is VLAN 21.
Plan tagged_plan() {
  model::Configuration configuration = two_tenants();
  configuration.network.lan = {segment("rooms", 20, "10.1.0.1/24", "fd00:1::1/64"),
                               segment("labs", 21, "10.2.0.1/24", "fd00:2::1/64")};
  configuration.tenants[1].listeners[0].endpoint = at("10.2.0.1", 2762);
  return plan(configuration);
}

/// A clinic's foot in a VLAN of the cable whose other end is `lan0`, in a namespace of its own.
void stand_in(const Stage& stage, const UniqueFd& place, int id, const std::vector<std::string>& addresses) {
  const std::string name = "room" + std::to_string(id);
  run(stage.clinic, "ip link add link clinic0 name " + name + " type vlan id " + std::to_string(id));
  run(stage.clinic, "ip link set " + name + " netns " + tests::path_of(place));
  for (const std::string& address : addresses)
    run(place, "ip addr add " + address + " dev " + name + (address.find(':') < 5 ? " nodad" : ""));
  run(place, "ip link set " + name + " up");
}

class VlanSegments : public testing::Test {
 protected:
  void SetUp() override {
    run(stage.clinic, "ip addr flush dev clinic0");
    stand_in(stage, rooms, 20, {"10.1.0.9/24", "fd00:1::9/64"});
    stand_in(stage, labs, 21, {"10.2.0.9/24", "fd00:2::9/64"});
    apply_all(stage, wanted);
  }
  /// From now on the box is compared with what it is now.
  void remember_rules() {
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
  void expect_rooms_are_served() {
    for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
      const UniqueFd door = listener(stage.lan, at(address, 443));
      EXPECT_TRUE(reaches(rooms, 0, at(address, 443))) << address;
    }
  }

  Stage stage;
  UniqueFd rooms = *sys::make_network(), labs = *sys::make_network();
  const Plan wanted = tagged_plan();
  UniqueFd listing;
};

TEST_F(VlanSegments, are_made_with_their_addresses_and_a_second_look_changes_nothing) {
  EXPECT_THAT(run(stage.lan, "ip -d link show lan0.20"), HasSubstr("vlan protocol 802.1Q id 20"));
  EXPECT_THAT(run(stage.lan, "ip -d link show lan0.21"), HasSubstr("vlan protocol 802.1Q id 21"));
  EXPECT_THAT(run(stage.lan, "ip -o addr show lan0.20"), HasSubstr("inet 10.1.0.1/24"));
  EXPECT_THAT(run(stage.lan, "ip -o addr show lan0.20"), HasSubstr("inet6 fd00:1::1/64"));
  EXPECT_THAT(run(stage.lan, "ip -o -4 addr show lan0"), Not(HasSubstr("inet")));
  remember_rules();
  const std::string numbers = run(stage.lan, "ip -o link show | cut -d: -f1,2");
  const auto again = look_again("lan", stage.lan, wanted, listing);
  ASSERT_TRUE(again) << again.error().to_text();
  EXPECT_THAT(again->repaired, IsEmpty());
  EXPECT_EQ(run(stage.lan, "ip -o link show | cut -d: -f1,2"), numbers) << "none was made anew";
}

TEST_F(VlanSegments, each_reaches_its_own_listener_and_neither_the_others_nor_an_undeclared_one) {
  expect_rooms_are_served();
  const UniqueFd door = listener(stage.lan, at("10.2.0.1", 2762)),
                 own = listener(stage.lan, at("10.1.0.1", 443)),
                 stray = listener(stage.lan, at("10.2.0.1", 8080));
  EXPECT_TRUE(reaches(labs, 0, at("10.2.0.1", 2762)));
  EXPECT_TRUE(is_silent(labs, 0, at("10.2.0.1", 8080)));
  run(rooms, "ip route add 10.2.0.0/24 via 10.1.0.1");
  run(labs, "ip route add 10.1.0.0/24 via 10.2.0.1");
  EXPECT_TRUE(is_silent(rooms, 0, at("10.2.0.1", 2762)));
  EXPECT_TRUE(is_silent(labs, 0, at("10.1.0.1", 443)));
}

TEST_F(VlanSegments, do_not_reach_each_other_and_the_rules_are_what_stops_them) {
  run(rooms, "ip route add 10.2.0.0/24 via 10.1.0.1");
  run(rooms, "ip route add fd00:2::/64 via fd00:1::1");
  run(labs, "ip route add 10.1.0.0/24 via 10.2.0.1");
  run(labs, "ip route add fd00:1::/64 via fd00:2::1");
  const UniqueFd v4 = listener(labs, at("10.2.0.9", 104)), v6 = listener(labs, at("fd00:2::9", 104));
  run(stage.lan,
      "sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'");
  for (const char* address : {"10.2.0.9", "fd00:2::9"})
    EXPECT_TRUE(is_silent(rooms, 0, at(address, 104))) << address;
  run(stage.lan, "nft 'add chain inet sekisho forward { policy accept; }; flush chain inet sekisho forward'");
  for (const char* address : {"10.2.0.9", "fd00:2::9"})
    EXPECT_TRUE(reaches(rooms, 0, at(address, 104))) << address;
}

TEST_F(VlanSegments, do_not_hear_frames_without_a_tag_or_with_a_strange_one) {
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443)), strangers = *sys::make_network();
  stand_in(stage, strangers, 22, {"10.1.0.8/24"});
  run(stage.clinic, "ip addr add 10.1.0.7/24 dev clinic0");
  EXPECT_TRUE(is_silent(strangers, 0, at("10.1.0.1", 443))) << "tagged 22";
  EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.1", 443))) << "not tagged";
  run(stage.clinic, "ip addr del 10.1.0.7/24 dev clinic0");
  EXPECT_TRUE(reaches(rooms, 0, at("10.1.0.1", 443))) << "tagged 20";
  run(stage.lan, "ip link add link lan0 name lan0.22 type vlan id 22");
  run(stage.lan, "ip link set lan0.22 up");
  EXPECT_TRUE(is_silent(strangers, 0, at("10.1.0.1", 443))) << "the rules know no segment there";
}

/// How many packets were refused as spoofed.
int refused_as_spoofed(const UniqueFd& in) {
  const std::string chain = run(in, "nft list chain inet sekisho refused_spoofed");
  const std::string marker = "counter packets ";
  return std::stoi(chain.substr(chain.find(marker) + marker.size()));
}

TEST_F(VlanSegments, refuse_a_source_of_the_other_one) {
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  ASSERT_TRUE(reaches(rooms, 0, at("10.1.0.1", 443))) << "the neighbours know each other now";
  run(stage.lan, "sysctl -qw net/ipv4/conf/all/rp_filter=0 net/ipv4/conf/lan0.20/rp_filter=0");
  run(rooms, "ip addr add 10.2.0.8/32 dev room20");
  const UniqueFd liar = tests::socket_of(rooms, 0, model::Family::ipv4);
  tests::bind(liar, at("10.2.0.8", 0));
  const int before = refused_as_spoofed(stage.lan);
  EXPECT_TRUE(is_silent(liar, at("10.1.0.1", 443)));
  EXPECT_GT(refused_as_spoofed(stage.lan), before);
}

TEST_F(VlanSegments, are_repaired_when_something_goes_down) {
  remember_rules();
  expect_undone("ip link set lan0 down", "interface lan0 was down");
  expect_undone("ip link set lan0.20 down", "interface lan0.20 was down");
  expect_undone("ip link del lan0.20", "interface lan0.20 was missing");
  expect_rooms_are_served();
}

TEST_F(VlanSegments, are_made_anew_where_something_else_bears_their_name) {
  remember_rules();
  const std::string instead = "sh -c 'ip link del lan0.20; ip link add link lan0 name lan0.20 type ";
  const std::string a_vlan = "interface lan0.20 is not ours and was a vlan";
  expect_undone(instead + "vlan id 30; ip link set lan0.20 up'", a_vlan);
  expect_undone(instead + "vlan protocol 802.1ad id 20; ip link set lan0.20 up'", a_vlan);
  expect_undone("sh -c 'ip link del lan0.20; ip link add link lan0.21 name lan0.20 type vlan id 20'", a_vlan);
  expect_undone("sh -c 'ip link del lan0.20; ip link add lan0.20 type dummy; ip link set lan0.20 up'",
                "interface lan0.20 is not ours and was a dummy");
  expect_undone("ip link add link lan0 name lan0.99 type vlan id 99",
                "interface lan0.99 is not ours and was a vlan");
  expect_rooms_are_served();
}

TEST_F(VlanSegments, go_when_the_plan_has_none) {
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(two_tenants())));
  EXPECT_EQ(run(stage.lan, "ip -o link show type vlan"), "");
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  EXPECT_TRUE(is_silent(rooms, 0, at("10.1.0.1", 443))) << "tagged";
  run(rooms, "ip addr flush dev room20");
  run(stage.clinic, "ip addr add 10.1.0.9/24 dev clinic0");
  EXPECT_TRUE(reaches(stage.clinic, 0, at("10.1.0.1", 443))) << "not tagged";
}

TEST(VlanTowardTheCloud, carries_what_the_rules_allow_and_nothing_else) {
  const Stage stage;
  model::Configuration configuration = two_tenants();
  configuration.network.wan.vlan = {"wan0", 7};
  configuration.network.wan.interface = vlan_interface(configuration.network.wan.vlan);
  apply_all(stage, plan(configuration));
  run(stage.cloud, "ip link add link cloud0 name cloud0.7 type vlan id 7");
  run(stage.cloud, "ip addr del 203.0.113.1/24 dev cloud0");
  run(stage.cloud, "ip addr add 203.0.113.1/24 dev cloud0.7");
  run(stage.cloud, "ip link set cloud0.7 up");
  run(stage.cloud, "ip route replace 203.0.113.2 dev cloud0.7");
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443)),
                 other = listener(stage.cloud, at("198.51.100.1", 80));
  EXPECT_TRUE(reaches(stage.wan, kA, at("198.51.100.1", 443)));
  EXPECT_TRUE(is_silent(stage.wan, kA, at("198.51.100.1", 80)));
  EXPECT_TRUE(is_silent(stage.wan, 0, at("198.51.100.1", 443))) << "no dialer's account";
  const UniqueFd within = listener(stage.wan, at("203.0.113.2", 443));
  EXPECT_TRUE(is_silent(stage.cloud, 0, at("203.0.113.2", 443))) << "from outside";
}

}  // namespace
}  // namespace gw::net
