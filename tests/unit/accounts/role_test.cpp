#include "accounts/role.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

TEST(RoleTest, each_is_read_back_by_its_id) {
  for (std::size_t i = 0; i < kRoles; ++i)
    EXPECT_EQ(parse_role(to_string(static_cast<Role>(i))), static_cast<Role>(i));
  EXPECT_FALSE(parse_role(""));
  EXPECT_FALSE(parse_role("root"));
}

TEST(RoleTest, only_the_standing_ones_have_no_end) {
  EXPECT_EQ(tenure_of(Role::maintainer), Tenure::dated);
  EXPECT_EQ(tenure_of(Role::break_glass), Tenure::sealed);
  EXPECT_EQ(tenure_of(Role::noc), Tenure::elsewhere);
  EXPECT_EQ(tenure_of(Role::clinic_admin), Tenure::standing);
  EXPECT_EQ(japanese_of(Role::clinic_admin), "院内管理者");
}

}  // namespace
}  // namespace gw::accounts
