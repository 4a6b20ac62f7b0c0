#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "ipc/inherited.h"
#include "model/accounts.h"
#include "net/plan.h"
#include "sys/sealed.h"

// W6: once a rule is gone, the kernel forgets what was begun under it, and nothing else.

namespace gw::net {
namespace {

using model::Family;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::arrives;
using tests::arrives_soon;
using tests::at;
using tests::listener;
using tests::load_flows;
using tests::look_again;
using tests::net_apply;
using tests::reaches;
using tests::run;
using tests::socket_of;
using tests::Stage;
using tests::two_tenants;

constexpr std::uint32_t kA = model::dialer_account(model::TenantId{0});

/// A connection over the box's border, with both of its ends.
struct Connection {
  UniqueFd door, near, far;

  Connection(const UniqueFd& from, std::uint32_t account, const UniqueFd& to, const model::Endpoint& endpoint)
      : door(listener(to, endpoint)), near(socket_of(from, account, endpoint.address.family())) {
    EXPECT_TRUE(reaches(near, endpoint)) << endpoint.to_text();
    far = tests::accept(door);
  }
  bool moves() const {
    char byte;
    return tests::write_all(near, "x") && arrives(far) && ::recv(far.get(), &byte, 1, MSG_DONTWAIT) == 1;
  }
  bool is_stuck() const { return tests::write_all(near, "x") && !arrives_soon(far); }
};

class Flows : public testing::Test {
 protected:
  void SetUp() override { apply_all(stage, wanted); }

  /// As the kernel's other tool shows it.
  static std::string table_of(const UniqueFd& in) {
    return run(in, "conntrack -L -f ipv4 2>/dev/null; conntrack -L -f ipv6 2>/dev/null");
  }
  void apply(const char* deed, const UniqueFd& in, const Plan& plan) {
    const auto done = net_apply(stage, deed, in, plan);
    ASSERT_TRUE(done) << done.error().to_text();
  }

  Stage stage;
  const Plan wanted = plan(two_tenants());
};

Plan without_opening(Plan plan, const model::Endpoint& endpoint) {
  std::erase_if(plan.lan.openings, [&](const Opening& opening) { return opening.endpoint == endpoint; });
  return plan;
}
Plan without_permissions(Plan plan, const char* prefix) {
  std::erase_if(plan.wan.permissions, [&](const Permission& permission) {
    return permission.destination == *model::Prefix::parse(prefix);
  });
  return plan;
}

TEST_F(Flows, one_whose_opening_is_gone_ends_and_the_others_do_not_notice) {
  const Connection v4(stage.clinic, 0, stage.lan, at("10.1.0.1", 443)),
      v6(stage.clinic, 0, stage.lan, at("fd00:1::1", 443)),
      other(stage.clinic, 0, stage.lan, at("10.1.0.1", 2762));
  apply("lan", stage.lan, without_opening(wanted, at("10.1.0.1", 443)));
  EXPECT_TRUE(v4.is_stuck());
  EXPECT_TRUE(v6.moves());
  EXPECT_TRUE(other.moves());
  apply("lan", stage.lan, without_opening(wanted, at("fd00:1::1", 443)));
  EXPECT_TRUE(v6.is_stuck());
  EXPECT_TRUE(v4.is_stuck()) << "a flow that was forgotten is not picked up in its middle";
  EXPECT_TRUE(other.moves());
}

TEST_F(Flows, one_whose_segment_lost_its_source_ends) {
  const Connection connection(stage.clinic, 0, stage.lan, at("10.1.0.1", 443));
  Plan moved = wanted;
  std::erase_if(moved.lan.sources,
                [](const Source& source) { return source.prefix.address.family() == Family::ipv4; });
  apply("lan", stage.lan, moved);
  EXPECT_THAT(table_of(stage.lan), Not(HasSubstr("dport=443")));
}

TEST_F(Flows, one_whose_permission_is_gone_ends_and_the_others_do_not_notice) {
  const Connection v4(stage.wan, kA, stage.cloud, at("198.51.100.1", 443)),
      v6(stage.wan, kA, stage.cloud, at("2001:db8:a::1", 443));
  apply("wan", stage.wan, without_permissions(wanted, "198.51.100.1"));
  EXPECT_TRUE(v4.is_stuck());
  EXPECT_TRUE(v6.moves());
  apply("wan", stage.wan, without_permissions(wanted, "2001:db8:a::1"));
  EXPECT_TRUE(v6.is_stuck());
}

TEST_F(Flows, a_question_to_a_resolver_that_is_gone_is_forgotten) {
  const UniqueFd resolver = listener(stage.cloud, at("203.0.113.53", 53), tests::Kind::datagram),
                 asker = socket_of(stage.wan, kA + 1, Family::ipv4, tests::Kind::datagram);
  ASSERT_TRUE(tests::datagram_arrives(asker, at("203.0.113.53", 53), resolver));
  ASSERT_THAT(table_of(stage.wan), HasSubstr("dport=53"));
  apply("wan", stage.wan, without_permissions(wanted, "203.0.113.53"));
  EXPECT_THAT(table_of(stage.wan), Not(HasSubstr("dport=53")));
}

TEST_F(Flows, one_toward_what_became_the_clinics_ends) {
  const Connection connection(stage.wan, kA, stage.cloud, at("198.51.100.1", 443));
  Plan forbidding = wanted;
  forbidding.wan.forbidden.push_back(*model::Prefix::parse("198.51.100.0/24"));
  apply("wan", stage.wan, forbidding);
  EXPECT_THAT(table_of(stage.wan), Not(HasSubstr("dport=443")));
}

TEST_F(Flows, a_narrowing_that_may_be_given_up_ends_none) {
  const Connection connection(stage.clinic, 0, stage.lan, at("10.1.0.1", 443));
  const UniqueFd before = *sys::seal(encode(wanted), "plan"),
                 after = *sys::seal(encode(without_opening(wanted, at("10.1.0.1", 443))), "plan");
  ASSERT_TRUE(tests::net_apply_with("narrow-lan", stage.lan,
                                    {{after.get(), ipc::kInputFd}, {before.get(), ipc::kBeforeFd}}));
  EXPECT_TRUE(tests::is_silent(stage.clinic, 0, at("10.1.0.1", 443))) << "nobody new";
  EXPECT_TRUE(connection.moves());
  apply("lan", stage.lan, wanted);
  EXPECT_TRUE(connection.moves());
}

TEST_F(Flows, one_that_somebody_let_in_is_named_by_the_next_look) {
  const auto first = look_again("lan", stage.lan, wanted, UniqueFd());
  ASSERT_TRUE(first);
  run(stage.lan, "nft insert rule inet sekisho input accept; nft insert rule inet sekisho output accept");
  const Connection let_in(stage.clinic, 0, stage.lan, at("10.1.0.1", 8080)),
      ours(stage.clinic, 0, stage.lan, at("10.1.0.1", 443));
  const auto answer = look_again("lan", stage.lan, wanted, first->listing);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired,
              Contains(testing::ContainsRegex("TCP flow 10.1.0.9:[0-9]+ to 10.1.0.1:8080 has "
                                              "no place in the plan")));
  EXPECT_THAT(answer->repaired, Not(Contains(HasSubstr("to 10.1.0.1:443"))));
  EXPECT_TRUE(let_in.is_stuck());
  EXPECT_TRUE(ours.moves());
}

TEST_F(Flows, one_that_somebody_let_in_over_the_internets_side_is_named_though_its_port_is_permitted) {
  const auto first = look_again("wan", stage.wan, wanted, UniqueFd());
  ASSERT_TRUE(first);
  run(stage.wan, "nft insert rule inet sekisho input accept; nft insert rule inet sekisho output accept");
  const Connection let_in(stage.cloud, 0, stage.wan, at("203.0.113.2", 8443));
  const auto answer = look_again("wan", stage.wan, wanted, first->listing);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired, Contains(HasSubstr("to 203.0.113.2:8443 has no place in the plan")));
}

TEST_F(Flows, one_that_is_over_is_no_drift) {
  {
    Connection connection(stage.clinic, 0, stage.lan, at("10.1.0.1", 443));
    connection.near.reset();
    EXPECT_EQ(tests::read_all(connection.far), "");
    connection.far.reset();
  }
  ASSERT_THAT(table_of(stage.lan), HasSubstr("TIME_WAIT"));
  const Plan narrower = without_opening(wanted, at("10.1.0.1", 443));
  const auto answer = look_again("lan", stage.lan, narrower, UniqueFd());
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired, Not(Contains(HasSubstr("flow"))));
  EXPECT_THAT(table_of(stage.lan), HasSubstr("TIME_WAIT"));
}

TEST_F(Flows, ten_thousand_standing_ones_cost_a_look_little_and_stay) {
  load_flows(stage.lan, 10'000, 443);
  const auto first = look_again("lan", stage.lan, wanted, UniqueFd());
  ASSERT_TRUE(first);
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = look_again("lan", stage.lan, wanted, first->listing);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::printf("a look over ten thousand flows: %.3f s\n", taken.count());
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->repaired, IsEmpty());
  EXPECT_EQ(run(stage.lan, "conntrack -C"), "10000\n");
  EXPECT_LT(taken.count(), 1.0);
}

TEST_F(Flows, however_many_are_strange_all_end_and_the_answer_is_bounded) {
  load_flows(stage.lan, 100, 443);
  load_flows(stage.lan, 10'000, 8080);
  const auto answer = look_again("lan", stage.lan, wanted, UniqueFd());
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->repaired.size(), 32u);
  EXPECT_GE(answer->further, 9'968u);
  EXPECT_EQ(run(stage.lan, "conntrack -C"), "100\n");
}

}  // namespace
}  // namespace gw::net
