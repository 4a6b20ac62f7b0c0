// Rows of accounts: what comes back, and what the database refuses by itself.

#include "accounts/shelf.h"

#include <gtest/gtest.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

class ShelfTest : public Clinic {
 protected:
  ShelfTest() : shelf_(*database_) {}
  static Account full() {
    Account account;
    account.name = "tanaka";
    account.person = "田中";
    account.role = Role::auditor;
    account.state = AccountState::active;
    account.password = "$p";
    account.former = {"$a", "$b"};
    account.totp = {1, 2, 3};
    account.pending_totp = {4};
    account.last_step = 77;
    account.certificate = certificate(9);
    account.recovery = {hash_code("a"), hash_code("b")};
    account.invitation = hash_code("c");
    account.invited_until = CivilTime(std::chrono::seconds(5));
    account.made = CivilTime(std::chrono::seconds(6));
    account.last_used = CivilTime(std::chrono::seconds(7));
    account.ends = CivilTime(std::chrono::seconds(8));
    account.strikes = Strikes{}.after_failure(CivilTime(std::chrono::seconds(9)));
    return account;
  }
  Shelf shelf_;
};

TEST_F(ShelfTest, every_column_comes_back) {
  Account account = full();
  ASSERT_TRUE(shelf_.put(account));
  const Account found = *shelf_.find("tanaka");
  EXPECT_EQ(found.id, account.id);
  EXPECT_EQ(found.person, account.person);
  EXPECT_EQ(found.role, account.role);
  EXPECT_EQ(found.state, account.state);
  EXPECT_EQ(found.password, account.password);
  EXPECT_EQ(found.former, account.former);
  EXPECT_EQ(found.totp, account.totp);
  EXPECT_EQ(found.pending_totp, account.pending_totp);
  EXPECT_EQ(found.last_step, account.last_step);
  EXPECT_EQ(found.certificate, account.certificate);
  EXPECT_EQ(found.recovery, account.recovery);
  EXPECT_EQ(found.invitation, account.invitation);
  EXPECT_EQ(found.invited_until, account.invited_until);
  EXPECT_EQ(found.made, account.made);
  EXPECT_EQ(found.last_used, account.last_used);
  EXPECT_EQ(found.ends, account.ends);
  EXPECT_EQ(found.strikes, account.strikes);
  Account changed = found;
  changed.person = "鈴木";
  ASSERT_TRUE(shelf_.put(changed));
  EXPECT_EQ(shelf_.find(account.id)->person, "鈴木");
  EXPECT_EQ(shelf_.all()->size(), 1u);
}

TEST_F(ShelfTest, an_unknown_name_finds_nobody_and_no_list_shows_him) {
  EXPECT_EQ(shelf_.find_or_nobody("tanaka")->state, AccountState::nobody);
  EXPECT_EQ(shelf_.find_or_nobody("")->state, AccountState::nobody);
  EXPECT_EQ(shelf_.find("").error().code, ErrorCode::account_unknown);
  EXPECT_EQ(shelf_.find(AccountId(0)).error().code, ErrorCode::account_unknown);
  EXPECT_TRUE(shelf_.all()->empty());
}

TEST_F(ShelfTest, no_account_is_in_use_without_a_second_factor) {
  Account account = full();
  account.totp.clear();
  account.certificate.reset();
  EXPECT_FALSE(shelf_.put(account));
  account.certificate = certificate(1);
  EXPECT_TRUE(shelf_.put(account));
  account.password.clear();
  EXPECT_FALSE(shelf_.put(account));
}

TEST_F(ShelfTest, no_two_accounts_have_one_name_and_none_is_removed) {
  Account account = full(), same = full();
  ASSERT_TRUE(shelf_.put(account));
  EXPECT_FALSE(shelf_.put(same));
  EXPECT_FALSE(database_->run("DELETE FROM accounts WHERE id = 1"));
  EXPECT_EQ(shelf_.all()->size(), 1u);
}

TEST_F(ShelfTest, a_row_that_somebody_altered_is_damaged) {
  Account account = full();
  ASSERT_TRUE(shelf_.put(account));
  for (const char* change : {"role = 'root'", "certificate = x'00'", "recovery = x'ff'", "invitation = x'01'",
                             "strikes = x''", "why = 'x'"}) {
    ASSERT_TRUE(shelf_.put(account));
    ASSERT_TRUE(database_->run((std::string("UPDATE accounts SET ") + change + " WHERE id = 1").c_str()))
        << change;
    EXPECT_EQ(shelf_.find("tanaka").error().code, ErrorCode::store_damaged) << change;
  }
}

TEST_F(ShelfTest, the_first_bootstrap_secret_counts) {
  const auto before = shelf_.bootstrap()->secret;
  ASSERT_TRUE(shelf_.prepare(hash_code("another")));
  EXPECT_EQ(shelf_.bootstrap()->secret, before);
  ASSERT_TRUE(shelf_.put({true, std::nullopt, AccountId(1)}));
  EXPECT_TRUE(shelf_.bootstrap()->is_used);
  EXPECT_FALSE(shelf_.bootstrap()->secret);
}

}  // namespace
}  // namespace gw::accounts
