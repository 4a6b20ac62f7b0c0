#include "accounts/draft.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

constexpr CivilTime kNow{std::chrono::hours(400'000)};

TEST(DraftTest, names_that_are_none_are_unsuitable) {
  EXPECT_FALSE(unsuitable_draft({"tanaka", "田中 一郎", Role::viewer, {}}));
  for (const char* name : {"", "Tanaka", "田中", "a b", "-a", "a'--"})
    EXPECT_TRUE(unsuitable_draft({name, "x", Role::viewer, {}})) << name;
  for (const std::string& person :
       {std::string(), std::string("a\nb"), std::string("\xff"), std::string(129, 'x')})
    EXPECT_TRUE(unsuitable_draft({"a", person, Role::viewer, {}})) << person;
}

TEST(DraftTest, a_maintainer_has_an_end_within_a_month) {
  EXPECT_TRUE(unsuitable_end(Role::maintainer, {}, kNow));
  EXPECT_TRUE(unsuitable_end(Role::maintainer, kNow, kNow));
  EXPECT_FALSE(unsuitable_end(Role::maintainer, kNow + std::chrono::days(31), kNow));
  EXPECT_TRUE(
      unsuitable_end(Role::maintainer, kNow + std::chrono::days(31) + std::chrono::microseconds(1), kNow));
}

TEST(DraftTest, the_others_have_none_and_the_noc_no_account) {
  for (const Role role :
       {Role::viewer, Role::clinic_admin, Role::approver, Role::auditor, Role::break_glass}) {
    EXPECT_FALSE(unsuitable_end(role, {}, kNow));
    EXPECT_TRUE(unsuitable_end(role, kNow + std::chrono::days(1), kNow));
  }
  EXPECT_TRUE(unsuitable_end(Role::noc, {}, kNow));
}

}  // namespace
}  // namespace gw::accounts
