// The stranger at the other end of a cable finds a closed box closed and an open one open (ISO-04, ISO-09,
// W2, W3).

#include <gtest/gtest.h>

#include "component/probe/probing.h"
#include "ipc/inherited.h"
#include "sys/namespaces.h"

namespace gw::probe {
namespace {

using model::ProofCase;
using net::tests::run;
using supervisor::RoleId;
using tests::any_of_way;
using tests::broken;

class Outside : public testing::Test {
 protected:
  void SetUp() override {
    net::tests::apply_all(stage, net::plan(configuration));
    auto made = sys::make_network();
    ASSERT_TRUE(made);
    beyond = *std::move(made);
  }
  tests::Cases besiege(const std::string& side, const UniqueFd& ground) {
    const auto laid = net::tests::net_apply_with("lay-canary", beyond, {{ground.get(), ipc::kSecondInputFd}});
    EXPECT_TRUE(laid) << laid.error().to_text();
    const auto raised = net::tests::net_apply_with("raise-canary", ground, {});
    EXPECT_TRUE(raised) << raised.error().to_text();
    return tests::probe_with({"outside", side}, RoleId::isolation_probe, &beyond, aims_of(configuration));
  }

  const model::Configuration configuration = net::tests::two_tenants();
  net::tests::Stage stage;
  UniqueFd beyond;
};

TEST_F(Outside, a_closed_box_answers_nothing_on_either_side) {
  const auto cases = besiege("lan", stage.lan);
  EXPECT_GT(cases.size(), 10u);
  for (const ProofCase& one : cases)
    EXPECT_EQ(one.outcome, ProofCase::Outcome::held) << one.tried << ": " << one.evidence;
}

TEST_F(Outside, toward_the_cloud_nothing_answers) {
  const auto cases = besiege("wan", stage.wan);
  for (const ProofCase& one : cases)
    EXPECT_EQ(one.outcome, ProofCase::Outcome::held) << one.tried << ": " << one.evidence;
}

TEST_F(Outside, without_the_last_rule_every_port_answers_with_a_reset) {
  run(stage.wan, "nft flush ruleset");
  EXPECT_TRUE(any_of_way(broken(besiege("wan", stage.wan)), "ISO-04"));
}

TEST_F(Outside, a_box_that_hears_nothing_is_no_proof) {
  run(stage.lan, "nft insert rule inet sekisho input iifname canary0 drop");
  for (const ProofCase& one : besiege("lan", stage.lan)) EXPECT_EQ(one.outcome, ProofCase::Outcome::unproven);
}

TEST_F(Outside, the_cable_is_no_drift_and_goes_with_its_other_end) {
  const net::Plan plan = net::plan(configuration);
  besiege("lan", stage.lan);
  auto look = net::tests::look_again("lan", stage.lan, plan, UniqueFd());
  ASSERT_TRUE(look) << look.error().to_text();
  EXPECT_TRUE(look->repaired.empty()) << look->repaired.front();
  EXPECT_NE(run(stage.lan, "ip link").find("canary0"), std::string::npos);
  beyond.reset();
  EXPECT_EQ(
      run(stage.lan,
          "sh -c 'for i in $(seq 100); do ip link show canary0 >/dev/null 2>&1 || break; done; ip link'")
          .find("canary0"),
      std::string::npos);
}

}  // namespace
}  // namespace gw::probe
