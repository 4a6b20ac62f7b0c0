#include "accounts/account.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

TEST(AccountTest, states_and_causes_are_read_back) {
  for (const auto state :
       {AccountState::nobody, AccountState::invited, AccountState::active, AccountState::disabled})
    EXPECT_EQ(parse_account_state(to_string(state)), state);
  for (const auto cause :
       {DisabledCause::none, DisabledCause::administrator, DisabledCause::unused, DisabledCause::ended})
    EXPECT_EQ(parse_disabled_cause(to_string(cause)), cause);
  EXPECT_FALSE(parse_account_state("Active"));
  EXPECT_FALSE(parse_disabled_cause("x"));
}

TEST(AccountTest, without_credentials_nothing_opens_it_and_earlier_passwords_are_known) {
  Account account;
  account.former = {"a", "b", "c"};
  account.password = "d";
  account.totp = account.pending_totp = {1};
  account.certificate.emplace();
  account.recovery.resize(3);
  account.invitation.emplace();
  account.take_credentials();
  EXPECT_FALSE(account.has_second_factor());
  EXPECT_TRUE(account.password.empty() && account.pending_totp.empty() && account.recovery.empty() &&
              !account.invitation);
  EXPECT_EQ(account.former, (std::vector<std::string>{"b", "c", "d"}));
}

TEST(AccountTest, its_summary_says_what_there_is) {
  Account account;
  account.totp = {1};
  account.recovery.resize(3);
  account.strikes.locked_until = CivilTime(std::chrono::seconds(5));
  const AccountSummary summary = summary_of(account);
  EXPECT_TRUE(summary.has_totp);
  EXPECT_FALSE(summary.has_certificate);
  EXPECT_EQ(summary.recovery_codes, 3u);
  EXPECT_EQ(summary.locked_until, CivilTime(std::chrono::seconds(5)));
}

}  // namespace
}  // namespace gw::accounts
