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

/// Counts what arrives for the port of devices, whether or not it is answered.
void watch(const UniqueFd& in) {
  run(in,
      "nft 'add table inet watch; add chain inet watch input { type filter hook input priority 0; }; "
      "add rule inet watch input tcp dport 104 counter'");
}
bool nothing_arrived(const UniqueFd& in) {
  return run(in, "nft list table inet watch").find("counter packets 0 bytes 0") != std::string::npos;
}

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
  watch(stage.clinic);
  for (const char* address : {"10.1.0.9", "fd00:1::9"}) {
    const UniqueFd device = listener(stage.clinic, at(address, 104));
    EXPECT_TRUE(is_silent(stage.lan, 0, at(address, 104))) << address;
  }
  EXPECT_TRUE(nothing_arrived(stage.clinic));
}

TEST_F(LanRules, a_re_aimed_accepted_socket_reaches_no_device) {
  watch(stage.clinic);
  for (const auto& [inside, outside] : {std::pair{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}}) {
    const UniqueFd door = listener(stage.lan, at(inside, 443)),
                   device = listener(stage.clinic, at(outside, 104));
    const UniqueFd terminal = tests::socket_of(stage.clinic, 0, at(inside, 443).address.family());
    ASSERT_TRUE(reaches(terminal, at(inside, 443)));
    const UniqueFd accepted = tests::accept(door);
    tests::dissolve(accepted);
    EXPECT_TRUE(is_silent(accepted, at(outside, 104))) << outside;
  }
  EXPECT_TRUE(nothing_arrived(stage.clinic));
}

TEST_F(LanRules, a_re_aimed_listener_reaches_no_device) {
  watch(stage.clinic);
  for (const auto& [inside, outside] : {std::pair{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}}) {
    const UniqueFd door = listener(stage.lan, at(inside, 443)),
                   device = listener(stage.clinic, at(outside, 104));
    tests::dissolve(door);
    EXPECT_TRUE(is_silent(door, at(outside, 104))) << outside;
  }
  EXPECT_TRUE(nothing_arrived(stage.clinic));
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
  for (const char* address : {"10.2.0.9", "fd00:2::9"}) {
    run(stage.lan, forward_on);
    const UniqueFd device = listener(stage.cloud, at(address, 104));
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 104))) << address;
    run(stage.lan,
        "nft 'add chain inet sekisho forward { policy accept; }; flush chain inet sekisho forward'");
    EXPECT_TRUE(reaches(stage.clinic, 0, at(address, 104))) << "the rule was what stopped it";
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(wide)));
  }
}

/// Raw TCP segments as no honest device sends them: these flags, or cut into fragments.
void send_raw(const UniqueFd& in, const model::Endpoint& to, std::uint8_t flags, std::size_t payload = 0) {
  std::string segment(20 + payload, '\0');
  segment[2] = static_cast<char>(to.port >> 8);
  segment[3] = static_cast<char>(to.port & 0xff);
  segment[12] = 0x50;  // five words of header
  segment[13] = static_cast<char>(flags);
  tests::send_tcp_segment(in, to.address, segment);
}

TEST_F(LanRules, segments_that_no_honest_device_sends_are_dropped_each_by_its_rule) {
  constexpr std::uint8_t kFin = 1, kSyn = 2, kRst = 4, kPsh = 8, kAck = 16, kUrg = 32;
  for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
    for (const int flags :
         {0, kFin | kSyn | kAck, kSyn | kRst, kFin | kRst | kAck, int{kFin}, int{kPsh}, int{kUrg}})
      send_raw(stage.clinic, at(address, 443), static_cast<std::uint8_t>(flags));
    send_raw(stage.clinic, at(address, 443), kAck, 4'000);
  }
  const std::string chain = run(stage.lan, "nft list chain inet sekisho malformed");
  EXPECT_EQ(chain.find("packets 0 "), std::string::npos) << chain;
  EXPECT_NE(chain.find("tcp flags"), std::string::npos) << chain;
}

TEST_F(LanRules, a_source_that_cannot_be_where_it_came_from_is_dropped) {
  run(stage.clinic, "ip addr add 172.31.1.1/32 dev clinic0");
  run(stage.clinic, "ip addr add fd00:99::1/128 dev clinic0 nodad");
  for (const auto& [from, to] : {std::pair{"172.31.1.1", "10.1.0.1"}, {"fd00:99::1", "fd00:1::1"}}) {
    // The kernel's own walls away: it is the rule that is on trial.
    run(stage.lan,
        "sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.lan0.rp_filter=0 "
        "net.ipv4.conf.all.arp_filter=0 net.ipv4.conf.lan0.arp_filter=0");
    const UniqueFd door = listener(stage.lan, at(to, 443));
    const UniqueFd liar = tests::socket_of(stage.clinic, 0, at(to, 443).address.family());
    tests::bind(liar, at(from, 0));
    EXPECT_TRUE(is_silent(liar, at(to, 443)));
    const std::string chain = run(stage.lan, "nft list chain inet sekisho refused_spoofed");
    EXPECT_EQ(chain.find("packets 0 "), std::string::npos) << chain;
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(two_tenants())));
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
  model::Configuration other = two_tenants();
  other.tenants[1].listeners[0].endpoint.port = 2763;
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(other)));
  EXPECT_TRUE(tests::write_all(terminal, "still here"));
  ::shutdown(terminal.get(), SHUT_WR);
  EXPECT_EQ(tests::read_all(accepted), "still here");
}

}  // namespace
}  // namespace gw::net
