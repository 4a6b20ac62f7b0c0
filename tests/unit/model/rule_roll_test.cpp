// What administrators see of the configuration's rules: who may use what, how, and what is an exception.

#include "model/rule_roll.h"

#include <gtest/gtest.h>

#include "unit/model/clinic.h"

namespace gw::model {
namespace {

using What = RuleRoll::Exception::What;

TEST(RuleRoll, each_exception_of_a_service_stands_there_with_its_day_and_who_allowed_it) {  // NET-02, D10
  Configuration configuration;
  configuration.tenants = {small_tenant()};
  Service& service = configuration.tenants[0].services[0];
  EXPECT_TRUE(rule_roll_of(configuration).exceptions.empty());
  service.downstream.profile = {ProfileName::high_12, CivilSeconds(100), "an old scanner", "the director"};
  service.upstream.profile = {ProfileName::high_12, CivilSeconds(200), "an old server", "the director"};
  service.exception = {CivilSeconds(300), "a foreign client", "the owner"};
  const RuleRoll roll = rule_roll_of(configuration);
  ASSERT_EQ(roll.exceptions.size(), 3u);
  EXPECT_EQ(roll.exceptions[0].what, What::terminals_profile);
  EXPECT_EQ(roll.exceptions[1].what, What::cloud_profile);
  EXPECT_EQ(roll.exceptions[1].until, CivilSeconds(200));
  EXPECT_EQ(roll.exceptions[2].what, What::passed_through);
  EXPECT_EQ(roll.exceptions[2].reason, "a foreign client");
  EXPECT_EQ(roll.exceptions[2].approver, "the owner");
}

TEST(RuleRoll, a_rule_says_the_mode_of_its_service) {  // NET-07
  Configuration configuration;
  configuration.tenants = {small_tenant()};
  configuration.tenants[0].services[0].mode = Mode::wrap;
  const RuleRoll roll = rule_roll_of(configuration);
  ASSERT_EQ(roll.rows.size(), 1u);
  EXPECT_EQ(to_string(roll.rows[0].mode), "wrap");
}

}  // namespace
}  // namespace gw::model
