// Who may do what, as an auditor reads it (ADM-06, ADM-12).

#include "accounts/permissions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace gw::accounts {
namespace {

std::set<OperationKind> kinds_of(Role role) {
  std::set<OperationKind> kinds;
  for (std::size_t i = 0; i < kOperations; ++i)
    if (may(role, static_cast<Operation>(i))) kinds.insert(kind_of(static_cast<Operation>(i)));
  return kinds;
}

TEST(PermissionsTest, are_the_table_that_was_agreed) {
  std::ifstream file(GW_SOURCE_DIR "/tests/data/golden/permissions.txt");
  const std::string agreed(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(permissions_text(), agreed);
}

TEST(PermissionsTest, no_role_changes_rules_and_touches_records) {
  for (std::size_t i = 0; i < kRoles; ++i) {
    const auto kinds = kinds_of(static_cast<Role>(i));
    EXPECT_FALSE(kinds.contains(OperationKind::rules) && kinds.contains(OperationKind::logs)) << i;
  }
}

TEST(PermissionsTest, nobody_removes_a_record) {
  for (std::size_t i = 0; i < kOperations; ++i) {
    const std::string_view id = to_string(static_cast<Operation>(i));
    EXPECT_TRUE(!id.starts_with("records.") || id == "records.read" || id == "records.export") << id;
  }
}

TEST(PermissionsTest, whoever_approves_has_not_written) {
  EXPECT_TRUE(may(Role::approver, Operation::config_approve));
  for (const Operation one : {Operation::config_stage, Operation::config_apply, Operation::accounts_manage})
    EXPECT_FALSE(may(Role::approver, one));
  EXPECT_FALSE(may(Role::clinic_admin, Operation::config_approve));
  EXPECT_FALSE(may(Role::clinic_admin, Operation::accounts_appoint));
}

TEST(PermissionsTest, lookers_on_look_on) {
  EXPECT_EQ(kinds_of(Role::noc), std::set{OperationKind::reads});
  EXPECT_EQ(kinds_of(Role::viewer), (std::set{OperationKind::reads, OperationKind::people}))
      << "its own password";
  EXPECT_FALSE(may(Role::viewer, Operation::accounts_read));
}

TEST(PermissionsTest, in_an_emergency_the_data_plane_is_kept_alive_and_no_more) {
  std::set<std::string_view> rights;
  for (std::size_t i = 0; i < kOperations; ++i)
    if (may(Role::break_glass, static_cast<Operation>(i)))
      rights.insert(to_string(static_cast<Operation>(i)));
  EXPECT_EQ(rights, (std::set<std::string_view>{"status.read", "sessions.read", "session.end", "cut",
                                                "restore", "config.roll_back"}));
}

TEST(PermissionsTest, every_operation_has_somebody_and_an_id_of_its_own) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < kOperations; ++i) {
    const auto one = static_cast<Operation>(i);
    EXPECT_TRUE(ids.insert(to_string(one)).second);
    EXPECT_FALSE(japanese_of(one).empty());
    bool has_one = false;
    for (std::size_t role = 0; role < kRoles; ++role) has_one = has_one || may(static_cast<Role>(role), one);
    EXPECT_TRUE(has_one) << to_string(one);
  }
}

}  // namespace
}  // namespace gw::accounts
