#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"

namespace gw::net {
namespace {

using model::Family;
using tests::at;
using tests::is_silent;
using tests::listener;
using tests::net_apply;
using tests::net_apply_bytes;
using tests::reaches;
using tests::run;
using tests::Stage;
using tests::two_tenants;

class LanRules : public testing::Test {
 protected:
  void SetUp() override { apply_all(stage, plan(two_tenants())); }
  Stage stage;
};

TEST(BaseRules, let_nothing_in_or_out) {
  const Stage stage;
  ASSERT_TRUE(net_apply_bytes(stage, "base", stage.lan, UniqueFd()));
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, plan(two_tenants())));
  run(stage.lan, "ip addr add 10.1.0.1/24 dev lan0");
  run(stage.lan, "ip addr add fd00:1::1/64 dev lan0 nodad");
  run(stage.lan, "ip link set lan0 up");
  for (const auto& [inside, outside] : {std::pair{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}}) {
    const UniqueFd within = listener(stage.lan, at(inside, 443)),
                   beyond = listener(stage.clinic, at(outside, 443));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(inside, 443)));
    EXPECT_TRUE(is_silent(stage.lan, 0, at(outside, 443)));
    EXPECT_FALSE(tests::answers_echo(stage.clinic, inside));
  }
}

TEST_F(LanRules, a_terminal_reaches_the_listener_in_both_families) {
  for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
    const UniqueFd door = listener(stage.lan, at(address, 443));
    const UniqueFd terminal = tests::socket_of(stage.clinic, 0, at(address, 443).address.family());
    ASSERT_TRUE(reaches(terminal, at(address, 443))) << address;
    const UniqueFd accepted = tests::accept(door);
    EXPECT_TRUE(tests::write_all(accepted, "welcome"));
    ::shutdown(accepted.get(), SHUT_WR);
    EXPECT_EQ(tests::read_all(terminal), "welcome");
  }
}

TEST_F(LanRules, another_port_is_silent_even_if_something_listens) {
  for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
    const UniqueFd stray = listener(stage.lan, at(address, 8080));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 8080))) << address;
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 8081))) << address;
  }
}

TEST_F(LanRules, a_closed_door_of_the_plan_says_so) {
  EXPECT_EQ(tests::connect(tests::socket_of(stage.clinic, 0, Family::ipv4), at("10.1.0.1", 443), true),
            tests::Outcome::refused);
}

TEST_F(LanRules, no_echo_is_answered) {
  EXPECT_FALSE(tests::answers_echo(stage.clinic, "10.1.0.1"));
  EXPECT_FALSE(tests::answers_echo(stage.clinic, "fd00:1::1"));
}

TEST_F(LanRules, nothing_starts_from_the_box_into_the_clinic) {
  for (const char* address : {"10.1.0.9", "fd00:1::9"}) {
    const UniqueFd device = listener(stage.clinic, at(address, 104));
    EXPECT_TRUE(is_silent(stage.lan, 0, at(address, 104))) << address;
  }
}

TEST_F(LanRules, a_re_aimed_accepted_socket_reaches_no_device) {
  for (const auto& [inside, outside] : {std::pair{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}}) {
    const UniqueFd door = listener(stage.lan, at(inside, 443)),
                   device = listener(stage.clinic, at(outside, 104));
    const UniqueFd terminal = tests::socket_of(stage.clinic, 0, at(inside, 443).address.family());
    ASSERT_TRUE(reaches(terminal, at(inside, 443)));
    const UniqueFd accepted = tests::accept(door);
    tests::dissolve(accepted);
    EXPECT_TRUE(is_silent(accepted, at(outside, 104))) << outside;
  }
}

TEST_F(LanRules, a_re_aimed_listener_reaches_no_device) {
  for (const auto& [inside, outside] : {std::pair{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}}) {
    const UniqueFd door = listener(stage.lan, at(inside, 443)),
                   device = listener(stage.clinic, at(outside, 104));
    tests::dissolve(door);
    EXPECT_TRUE(is_silent(door, at(outside, 104))) << outside;
  }
}

TEST_F(LanRules, a_device_cannot_pass_through_the_box_even_if_the_kernel_would_forward) {
  model::Configuration wide = two_tenants();
  wide.network.lan.push_back(
      {"labs", "lan1", {*model::Prefix::parse("10.2.0.1/24"), *model::Prefix::parse("fd00:2::1/64")}});
  run(stage.arrivals, "ip link add lan1 type veth peer name lab0 netns " + tests::path_of(stage.cloud));
  run(stage.cloud, "ip addr add 10.2.0.9/24 dev lab0");
  run(stage.cloud, "ip addr add fd00:2::9/64 dev lab0 nodad");
  run(stage.cloud, "ip link set lab0 up");
  run(stage.cloud, "ip route add 10.1.0.0/24 via 10.2.0.1");
  run(stage.cloud, "ip route add fd00:1::/64 via fd00:2::1");
  run(stage.clinic, "ip route add 10.2.0.0/24 via 10.1.0.1");
  run(stage.clinic, "ip route add fd00:2::/64 via fd00:1::1");
  apply_all(stage, plan(wide));
  const std::string forward_on =
      "sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'";
  run(stage.lan, forward_on);
  for (const char* address : {"10.2.0.9", "fd00:2::9"}) {
    const UniqueFd device = listener(stage.cloud, at(address, 104));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 104))) << address;
    run(stage.lan,
        "nft 'add chain inet sekisho forward { policy accept; }; flush chain inet sekisho forward'");
    EXPECT_TRUE(reaches(stage.clinic, 0, at(address, 104))) << "the rule was what stopped it";
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(wide)));
  }
}

TEST_F(LanRules, a_listener_is_reached_on_its_own_interface_only) {
  model::Configuration wide = two_tenants();
  wide.network.lan.push_back({"labs", "lan1", {*model::Prefix::parse("10.2.0.1/24")}});
  run(stage.arrivals, "ip link add lan1 type veth peer name lab0 netns " + tests::path_of(stage.cloud));
  run(stage.cloud, "ip addr add 10.2.0.9/24 dev lab0");
  run(stage.cloud, "ip link set lab0 up");
  run(stage.cloud, "ip route add 10.1.0.1 via 10.2.0.1");
  apply_all(stage, plan(wide));
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  EXPECT_TRUE(is_silent(stage.cloud, 0, at("10.1.0.1", 443)));
}

TEST_F(LanRules, a_running_session_survives_the_rules_being_loaded_again) {
  const UniqueFd door = listener(stage.lan, at("10.1.0.1", 443));
  const UniqueFd terminal = tests::socket_of(stage.clinic, 0, Family::ipv4);
  ASSERT_TRUE(reaches(terminal, at("10.1.0.1", 443)));
  const UniqueFd accepted = tests::accept(door);
  model::Configuration moved = two_tenants();
  moved.tenants[0].listeners[0].endpoint.port = 444;
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(moved)));
  EXPECT_TRUE(tests::write_all(terminal, "still here"));
  ::shutdown(terminal.get(), SHUT_WR);
  EXPECT_EQ(tests::read_all(accepted), "still here");
  EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.1", 443))) << "but nobody new";
}

}  // namespace
}  // namespace gw::net
