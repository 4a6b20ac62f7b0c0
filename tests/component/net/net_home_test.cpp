#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "component/net/stage.h"
#include "ipc/inherited.h"

// W7: the interfaces of a box that died are given back while everything is dropped, so that the next start
// finds what a power-on would find.

namespace gw::net {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::net_apply_with;
using tests::run;
using tests::Stage;

class Home : public testing::Test {
 protected:
  Result<tests::Answer> send_home(const UniqueFd& from) const {
    return net_apply_with("home", from, {{stage.arrivals.get(), ipc::kSecondInputFd}});
  }
  Stage stage;
};

TEST_F(Home, an_interface_goes_back_bare_and_down) {
  tests::apply_all(stage, plan(tests::two_tenants()));
  ASSERT_THAT(run(stage.lan, "ip link show lan0"), HasSubstr("state UP"));
  const auto answer = send_home(stage.lan);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(run(stage.lan, "ip link"), Not(HasSubstr("lan0")));
  EXPECT_THAT(run(stage.arrivals, "ip link show lan0"), HasSubstr("state DOWN"));
  EXPECT_EQ(run(stage.arrivals, "ip -4 addr show lan0").find("inet"), std::string::npos);
}

TEST_F(Home, what_the_box_made_is_removed_and_its_ports_go_back) {
  model::Configuration configuration = tests::two_tenants();
  configuration.network.lan[0].interface = "rooms0";
  configuration.network.lan[0].ports = {"lan0"};
  tests::apply_all(stage, plan(configuration));
  ASSERT_THAT(run(stage.lan, "ip link"), HasSubstr("rooms0"));
  ASSERT_TRUE(send_home(stage.lan));
  EXPECT_THAT(run(stage.lan, "ip link"), Not(HasSubstr("rooms0")));
  EXPECT_THAT(run(stage.arrivals, "ip link"), HasSubstr("lan0"));
}

TEST_F(Home, one_whose_namesake_came_meanwhile_stays_and_is_down) {
  tests::apply_all(stage, plan(tests::two_tenants()));
  run(stage.arrivals, "ip link add lan0 type veth peer name other0");
  ASSERT_TRUE(send_home(stage.lan));
  EXPECT_THAT(run(stage.lan, "ip link show lan0"), HasSubstr("state DOWN"));
}

TEST_F(Home, the_same_plan_stands_again_afterwards) {
  const Plan wanted = plan(tests::two_tenants());
  tests::apply_all(stage, wanted);
  for (const UniqueFd* ground : {&stage.lan, &stage.wan}) ASSERT_TRUE(send_home(*ground));
  tests::apply_all(stage, wanted);
  EXPECT_THAT(run(stage.lan, "ip link show lan0"), HasSubstr("state UP"));
  EXPECT_THAT(run(stage.wan, "ip -4 addr show wan0"), HasSubstr("203.0.113.2/24"));
}

}  // namespace
}  // namespace gw::net
