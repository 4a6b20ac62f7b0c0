#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "component/net/stage.h"
#include "net/plan.h"
#include "sys/sealed.h"

// ISO-01, ISO-09: what somebody changes in the box's namespaces is named and undone.

namespace gw::net {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::Answer;
using tests::look_again;
using tests::run;
using tests::Stage;
using tests::two_tenants;

/// As the tools of others see it; link-local addresses come when the kernel likes.
std::string state_of(const UniqueFd& in) {
  return run(in,
             "ip -o link show up | cut -d@ -f1; ip -o addr show | grep -v fe80; ip -4 route show table all;"
             "ip -6 route show table all | grep -v fe80; ip rule show; ip -6 rule show; nft -s list ruleset;"
             "sysctl -a --pattern 'forwarding|redirects|rp_filter|accept_ra$|tcp_loose' 2>/dev/null");
}

class Drift : public testing::Test {
 protected:
  void SetUp() override {
    apply_all(stage, wanted);
    for (Side* side : {&lan, &wan}) {
      auto first = look_again(side->deed, side->in, wanted, UniqueFd());
      ASSERT_TRUE(first) << first.error().to_text();
      side->listing = std::move(first->listing);
    }
  }

  struct Side {
    std::string deed;
    const UniqueFd& in;
    UniqueFd listing{};
  };

  /// The next look names `expected` and restores everything; the one after finds nothing.
  void expect_undone(const Side& side, const std::string& command, const std::string& expected) {
    const std::string before = state_of(side.in);
    run(side.in, command);
    const auto answer = look_again(side.deed, side.in, wanted, side.listing);
    ASSERT_TRUE(answer) << command << ": " << answer.error().to_text();
    EXPECT_THAT(answer->repaired, Contains(HasSubstr(expected))) << command;
    EXPECT_TRUE(state_of(side.in) == before) << command << "\n" << before << "became\n" << state_of(side.in);
    const auto again = look_again(side.deed, side.in, wanted, side.listing);
    ASSERT_TRUE(again) << again.error().to_text();
    EXPECT_THAT(again->repaired, IsEmpty()) << command;
  }

  Stage stage;
  const Plan wanted = plan(two_tenants());
  Side lan{"lan", stage.lan}, wan{"wan", stage.wan};
};

/// Handles are never used twice.
std::string handles_of(const UniqueFd& in) { return run(in, "nft -a list ruleset"); }

TEST_F(Drift, nothing_is_written_where_nothing_differs) {
  for (const Side* side : {&lan, &wan}) {
    const std::string state = state_of(side->in), handles = handles_of(side->in);
    const auto answer = look_again(side->deed, side->in, wanted, side->listing);
    ASSERT_TRUE(answer) << answer.error().to_text();
    EXPECT_THAT(answer->repaired, IsEmpty());
    EXPECT_EQ(state_of(side->in), state);
    EXPECT_EQ(handles_of(side->in), handles);
  }
}

TEST_F(Drift, flushed_rules_come_back) {
  expect_undone(lan, "nft flush ruleset", "table missing: inet sekisho");
  expect_undone(wan, "nft flush ruleset", "table missing: inet sekisho");
}

TEST_F(Drift, a_rule_more_less_or_other_is_undone) {
  expect_undone(lan, "nft insert rule inet sekisho input accept", "rules in chain input: ");
  expect_undone(lan, "nft flush chain inet sekisho forward", "rules in chain forward: 0");
  expect_undone(wan, "nft 'add chain inet sekisho output { policy accept; }'",
                "chain of another shape: output");
  expect_undone(wan, "nft add table ip nat", "table ip nat is not ours");
  expect_undone(wan, "nft add chain inet sekisho mine", "chain not ours: mine");
}

TEST_F(Drift, a_rule_replaced_by_another_is_named_by_its_line) {
  expect_undone(lan,
                "nft 'flush chain inet sekisho forward; add rule inet sekisho forward meta mark 7 accept'",
                "rule changed: meta mark 0x00000007 accept");
}

TEST_F(Drift, an_element_more_or_less_is_undone) {
  expect_undone(lan, "nft 'add element inet sekisho openings4 { \"lan0\" . 6 . 10.1.0.1 . 22 }'",
                "element not ours: \"lan0\" . 6 . 10.1.0.1 . 22 in set openings4");
  expect_undone(lan, "nft 'delete element inet sekisho openings4 { \"lan0\" . 6 . 10.1.0.1 . 443 }'",
                "element missing: \"lan0\" . 6 . 10.1.0.1 . 443 in set openings4");
  expect_undone(wan, "nft flush set inet sekisho forbidden4",
                "element missing: 192.168.0.0/16 in set forbidden4");
}

TEST_F(Drift, a_kernel_setting_is_put_back) {
  expect_undone(lan, "sysctl -qw net.ipv4.ip_forward=1", "sysctl net.ipv4.ip_forward was 1");
  expect_undone(lan, "sysctl -qw net.ipv6.conf.all.forwarding=1",
                "sysctl net.ipv6.conf.all.forwarding was 1");
  expect_undone(wan, "sysctl -qw net.ipv4.conf.wan0.forwarding=1",
                "sysctl net.ipv4.conf.wan0.forwarding was 1");
  expect_undone(wan, "sysctl -qw net.ipv6.conf.wan0.accept_ra=2",
                "sysctl net.ipv6.conf.wan0.accept_ra was 2");
  expect_undone(wan, "sysctl -qw net.ipv4.conf.default.rp_filter=0",
                "sysctl net.ipv4.conf.default.rp_filter was 0");
}

TEST_F(Drift, an_address_more_or_less_is_undone) {
  expect_undone(lan, "ip addr add 10.0.0.9/24 dev lan0", "address 10.0.0.9/24 on lan0 is not ours");
  expect_undone(lan, "ip addr del 10.1.0.1/24 dev lan0", "address 10.1.0.1/24 on lan0 was missing");
  expect_undone(wan, "ip addr add fd00:9::9/64 dev wan0", "address fd00:9::9/64 on wan0 is not ours");
}

TEST_F(Drift, a_route_more_or_less_is_undone) {
  expect_undone(wan, "ip route add 172.16.0.0/12 via 203.0.113.9",
                "route 172.16.0.0/12 via 203.0.113.9 is not ours");
  expect_undone(wan, "ip route del default", "route default via 203.0.113.1 on wan0 was missing");
  expect_undone(wan, "ip route add default via 203.0.113.9 table 100",
                "route default via 203.0.113.9 in table 100 is not ours");
  expect_undone(wan, "ip -6 route add 2001:db8:9::/48 via 2001:db8::9",
                "route 2001:db8:9::/48 via 2001:db8::9");
  expect_undone(wan, "ip rule add from all lookup 100 priority 50", "routing rule 50 of IPv4 is not ours");
  expect_undone(wan, "ip -6 rule del priority 32766", "routing rule 32766 of IPv6 was missing");
}

TEST_F(Drift, an_interface_down_comes_up_and_a_stranger_goes_down) {
  expect_undone(wan, "ip link set wan0 down", "interface wan0 was down");
  run(stage.lan, "ip link add stray type veth peer name other");
  expect_undone(lan, "ip link set stray up", "interface stray is not ours and was up");
}

/// What nobody set by hand comes and goes.
std::string neighbours_set_by_hand(const UniqueFd& in) {
  return run(in,
             "ip neigh show nud permanent; ip neigh show proxy; ip -6 neigh show nud permanent; ip -6 neigh "
             "show proxy");
}

TEST_F(Drift, a_neighbour_that_was_set_by_hand_is_removed) {
  expect_undone(lan, "ip neigh add 10.1.0.77 lladdr 02:00:00:00:00:77 dev lan0 nud permanent",
                "neighbour 10.1.0.77 on lan0 is not ours");
  expect_undone(lan, "ip neigh add fd00:1::77 lladdr 02:00:00:00:00:77 dev lan0 nud permanent",
                "neighbour fd00:1::77 on lan0 is not ours");
  expect_undone(lan, "ip neigh add proxy 10.1.0.78 dev lan0",
                "proxied neighbour 10.1.0.78 on lan0 is not ours");
  expect_undone(wan, "ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:66 dev wan0 nud permanent",
                "neighbour 203.0.113.1 on wan0 is not ours");
  expect_undone(wan, "ip -6 neigh add proxy 2001:db8::77 dev wan0",
                "proxied neighbour 2001:db8::77 on wan0 is not ours");
  expect_undone(wan, "ip neigh add 203.0.113.79 lladdr 02:00:00:00:00:79 dev wan0 extern_learn",
                "neighbour 203.0.113.79 on wan0 is not ours");
  for (const UniqueFd* in : {&stage.lan, &stage.wan}) EXPECT_EQ(neighbours_set_by_hand(*in), "");
}

TEST_F(Drift, a_neighbour_that_was_learnt_is_left) {
  run(stage.wan, "ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:66 dev wan0 nud stale");
  const auto answer = look_again("wan", stage.wan, wanted, wan.listing);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired, IsEmpty());
  EXPECT_THAT(run(stage.wan, "ip neigh show 203.0.113.1"), HasSubstr("02:00:00:00:00:66"));
}

TEST_F(Drift, what_a_run_lists_is_what_the_next_one_compares_with) {
  const auto listing = sys::read_sealed(lan.listing.get(), 1 << 20);
  ASSERT_TRUE(listing);
  EXPECT_THAT(std::string(as_text(*listing)), HasSubstr("chain input {"));
  const auto altered = sys::seal(as_bytes("table inet sekisho {\n}\n"), "rules");
  ASSERT_TRUE(altered);
  const auto answer = look_again("lan", stage.lan, wanted, *altered);
  ASSERT_TRUE(answer) << answer.error().to_text();
  ASSERT_EQ(answer->repaired.size(), 1u);
  EXPECT_THAT(answer->repaired[0], HasSubstr("rule changed: "));
}

TEST_F(Drift, however_much_differs_the_answer_is_bounded) {
  std::string commands;
  for (int i = 1; i <= 60; ++i) commands += "ip addr add 10.77.0." + std::to_string(i) + "/32 dev lan0;";
  run(stage.lan, "sh -c '" + commands + "'");
  const auto answer = look_again("lan", stage.lan, wanted, lan.listing);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->repaired.size(), 32u);
  EXPECT_EQ(answer->further, 28u);
}

TEST_F(Drift, an_interface_that_goes_while_it_is_looked_at_is_no_failure) {
  run(stage.lan, "sh -c '(for i in $(seq 200); do ip link add canary0 type veth peer name canary0 netns " +
                     tests::path_of(stage.cloud) +
                     " && ip link del canary0 || exit 1; done) >/dev/null 2>&1 &'");
  for (int i = 0; i < 20; ++i) {
    const auto answer = look_again(lan.deed, lan.in, wanted, lan.listing);
    EXPECT_TRUE(answer) << answer.error().to_text();
    if (!answer) break;
  }
}

}  // namespace
}  // namespace gw::net
