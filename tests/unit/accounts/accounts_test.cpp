// What time brings, and what a box finds when it starts (ADM-05, ADM-07).

#include "accounts/accounts.h"

#include <gmock/gmock.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using std::chrono::days;
using std::chrono::minutes;

class AccountsTest : public Clinic {};

TEST_F(AccountsTest, nobody_is_let_in_before_there_is_anybody) {
  EXPECT_EQ(sign_in("first", kPassword, "123456").error().code, ErrorCode::account_refused);
  EXPECT_EQ(sign_in("", "", "").error().code, ErrorCode::account_refused);
  EXPECT_EQ(accounts_->authenticate("", desk(), told_).error().code, ErrorCode::account_session_ended);
  EXPECT_FALSE(accounts_->is_bootstrapped());
}

TEST_F(AccountsTest, a_box_without_a_secret_is_claimed_by_nobody) {
  const std::string folder = folder_ + "/other.db";
  store::Database database = *store::Database::open(folder, kMigrations);
  Accounts accounts =
      *Accounts::open(database, clock_, Seal(Secret(std::string(32, 'k'))), {.cost = kCheap}, std::nullopt);
  EXPECT_EQ(accounts.claim_box("", {"first", "x", Role::clinic_admin, {}}, local(), told_).error().code,
            ErrorCode::account_refused);
  EXPECT_EQ(accounts.begin_enrolment("", "", local(), told_).error().code, ErrorCode::account_refused);
}

TEST_F(AccountsTest, after_sixty_days_without_use_an_account_is_disabled) {
  settle();
  add("tanaka", Role::viewer);
  clock_.advance(days(60) - minutes(1));
  ASSERT_TRUE(come("first"));
  EXPECT_EQ(summary("tanaka").state, AccountState::active);
  clock_.advance(minutes(1));
  EXPECT_FALSE(come("tanaka"));
  EXPECT_EQ(last_refusal(), "disabled");
  EXPECT_EQ(summary("tanaka").cause, DisabledCause::unused);
  EXPECT_EQ(last(EventId::account_changed, Field::reason), "unused");
  ASSERT_TRUE(accounts_->enable(actor("first"), "tanaka", {}, told_));
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(AccountsTest, the_last_administrator_of_the_box_stays) {
  settle();
  add("second", Role::clinic_admin);
  clock_.advance(days(1));
  ASSERT_TRUE(come("first"));
  clock_.advance(days(365));
  ASSERT_TRUE(accounts_->sweep(told_));
  EXPECT_EQ(summary("second").state, AccountState::disabled) << "unused for longer";
  EXPECT_EQ(summary("first").state, AccountState::active);
  EXPECT_TRUE(come("first"));
}

TEST_F(AccountsTest, a_sweep_tells_of_sessions_that_are_over) {
  settle();
  ASSERT_TRUE(come("first"));
  clock_.advance(minutes(10));
  ASSERT_TRUE(accounts_->sweep(told_));
  EXPECT_EQ(last(EventId::account_session_ended, Field::reason), "idle");
  EXPECT_EQ(last(EventId::account_session_ended, Field::administrator), "first");
  told_.clear();
  ASSERT_TRUE(accounts_->sweep(told_));
  EXPECT_TRUE(told_.empty());
}

TEST_F(AccountsTest, no_record_holds_what_opens_anything) {
  settle();
  add("tanaka", Role::viewer);
  const auto in = come("tanaka");
  for (const Event& event : told_)
    for (const auto& entry : event.entries())
      for (const std::string_view secret : {std::string_view(kPassword), std::string_view(kLabel),
                                            in->token.view(), std::string_view(in->csrf)})
        EXPECT_EQ(entry.text.find(secret), std::string::npos);
}

TEST_F(AccountsTest, the_file_holds_nothing_that_opens_anything) {
  settle();
  const auto codes = add("tanaka", Role::viewer);
  const auto in = come("tanaka");
  std::string all;
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    std::FILE* const handle = std::fopen(file.path().c_str(), "rb");
    for (int c; (c = std::fgetc(handle)) != EOF;) all.push_back(static_cast<char>(c));
    std::fclose(handle);
  }
  ASSERT_NE(all.find("tanaka"), std::string::npos);
  for (const std::string_view secret : {std::string_view(kPassword), std::string_view(kLabel),
                                        in->token.view(), codes[0].view(), as_text(apps_["tanaka"])})
    EXPECT_EQ(all.find(secret), std::string::npos);
}

}  // namespace
}  // namespace gw::accounts
