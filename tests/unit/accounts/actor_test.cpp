#include "accounts/actor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

TEST(ActorTest, a_record_says_who_what_as_and_from_where) {
  const Actor actor{AccountId(3),
                    "tanaka",
                    Role::clinic_admin,
                    {Door::web, *model::IpAddress::parse("10.0.0.1"), std::nullopt},
                    "5e55"};
  const std::string line =
      to_json_line(told_change(actor, "suzuki", "role", "viewer", "auditor"), {"T", "controld"});
  EXPECT_THAT(
      line,
      testing::HasSubstr(
          R"("event":"account.changed","process":"controld","administrator":"tanaka","role":"clinic_admin",)"
          R"("source":"10.0.0.1","admin_session":"5e55","object":"suzuki","detail":"role",)"
          R"("before":"viewer","after":"auditor","result":"done")"));
}

TEST(ActorTest, whoever_stands_before_the_box_is_local) {
  const std::string line =
      to_json_line(told_of(EventId::account_refused, Visitor{Door::local, {}, std::nullopt}), {"T", "p"});
  EXPECT_THAT(line, testing::HasSubstr(R"("source":"local")"));
}

}  // namespace
}  // namespace gw::accounts
