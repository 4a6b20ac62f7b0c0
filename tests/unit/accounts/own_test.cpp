// What administrators change of their own accounts: never by an open session alone.

#include <gmock/gmock.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using testing::SizeIs;

class OwnTest : public Clinic {
 protected:
  OwnTest() {
    settle();
    codes_ = add("tanaka", Role::viewer);
  }
  std::vector<Secret> codes_;
};

TEST_F(OwnTest, a_new_password_takes_the_old_one_and_ends_every_session) {
  const auto other = come("tanaka");
  const Actor tanaka = actor("tanaka");
  EXPECT_EQ(accounts_->change_password(tanaka, "wrong", kOther, told_).error().code,
            ErrorCode::account_refused);
  ASSERT_TRUE(accounts_->change_password(tanaka, kPassword, kOther, told_));
  EXPECT_EQ(last(EventId::account_changed, Field::detail), "password");
  EXPECT_FALSE(accounts_->authenticate(other->token.view(), desk(), told_));
  EXPECT_FALSE(come("tanaka"));
  EXPECT_TRUE(sign_in("tanaka", kOther, app("tanaka")));
}

TEST_F(OwnTest, passwords_used_before_are_not_taken_again) {
  const Actor tanaka = actor("tanaka");
  EXPECT_EQ(accounts_->change_password(tanaka, kPassword, kPassword, told_).error().detail, "used_before");
  const std::string_view next[] = {"first new riverbank", "second new riverbank", "third new riverbank",
                                   "fourth new riverbank"};
  std::string_view before = kPassword;
  for (const auto password : next) {
    ASSERT_TRUE(accounts_->change_password(tanaka, before, password, told_));
    before = password;
  }
  for (const auto password : next)
    EXPECT_EQ(accounts_->change_password(tanaka, before, password, told_).error().detail, "used_before");
  EXPECT_EQ(accounts_->change_password(tanaka, before, "short", told_).error().detail, "too_short");
  EXPECT_TRUE(accounts_->change_password(tanaka, before, kPassword, told_)) << "four changes ago";
}

TEST_F(OwnTest, names_of_the_site_that_are_told_later_are_in_no_new_password) {  // ADM-02
  const Actor tanaka = actor("tanaka");
  accounts_->name_site({"midori", "karte"});
  EXPECT_EQ(accounts_->change_password(tanaka, kPassword, "tractor Midori humming", told_).error().detail,
            "holds_name");
  EXPECT_TRUE(accounts_->change_password(tanaka, kPassword, kOther, told_));
}

TEST_F(OwnTest, whoever_found_an_open_session_does_not_guess_the_password) {
  const Actor tanaka = actor("tanaka");
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(accounts_->change_password(tanaka, "wrong", kOther, told_));
  EXPECT_FALSE(accounts_->renew_recovery_codes(tanaka, "wrong", told_));
  EXPECT_EQ(accounts_->change_password(tanaka, kPassword, kOther, told_).error().code,
            ErrorCode::account_locked);
  EXPECT_FALSE(come("tanaka", from("10.0.0.11")));
  EXPECT_EQ(last_refusal(), "locked");
}

TEST_F(OwnTest, of_a_locked_or_disabled_account_nothing_is_changed_by_a_session_that_is_left) {
  const Actor tanaka = actor("tanaka");
  const auto offer = accounts_->offer_totp(tanaka, kPassword, told_);
  apps_["new"] = *from_base32(offer->totp_secret.view());
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(sign_in("tanaka", "wrong", "1", from("10.0.1." + std::to_string(i))));
  EXPECT_FALSE(accounts_->change_password(tanaka, kPassword, kOther, told_));
  EXPECT_EQ(last_refusal(), "locked");
  EXPECT_FALSE(accounts_->confirm_totp(tanaka, app("new"), told_));
  ASSERT_TRUE(accounts_->unlock(actor("first"), "tanaka", told_));
  ASSERT_TRUE(accounts_->disable(actor("first"), "tanaka", told_));
  EXPECT_FALSE(accounts_->change_password(tanaka, kPassword, kOther, told_));
}

TEST_F(OwnTest, new_recovery_codes_void_the_old_ones) {
  const auto fresh = accounts_->renew_recovery_codes(actor("tanaka"), kPassword, told_);
  ASSERT_TRUE(fresh);
  EXPECT_THAT(*fresh, SizeIs(10));
  EXPECT_FALSE(sign_in("tanaka", kPassword, codes_[0].view()));
  EXPECT_TRUE(sign_in("tanaka", kPassword, fresh->front().view()));
}

TEST_F(OwnTest, another_app_counts_once_it_has_shown_a_code) {
  const auto in = come("tanaka");
  const Actor tanaka = actor_of(*in);
  EXPECT_FALSE(accounts_->confirm_totp(tanaka, "123456", told_)) << "nothing was offered";
  EXPECT_FALSE(accounts_->offer_totp(tanaka, "wrong", told_));
  const auto offer = accounts_->offer_totp(tanaka, kPassword, told_);
  ASSERT_TRUE(offer);
  EXPECT_TRUE(come("tanaka")) << "the old one still counts";
  apps_["new"] = *from_base32(offer->totp_secret.view());
  EXPECT_FALSE(accounts_->confirm_totp(tanaka, app("tanaka"), told_));
  ASSERT_TRUE(accounts_->confirm_totp(tanaka, app("new"), told_));
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  EXPECT_FALSE(come("tanaka"));
  EXPECT_TRUE(sign_in("tanaka", kPassword, app("new")));
}

TEST_F(OwnTest, the_emergency_account_changes_nothing_of_itself) {
  add("fuufuu", Role::break_glass);
  EXPECT_EQ(accounts_->change_password(actor("fuufuu"), kPassword, kOther, told_).error().code,
            ErrorCode::account_forbidden);
  EXPECT_EQ(last(EventId::account_forbidden, Field::object), "account.own");
}

}  // namespace
}  // namespace gw::accounts
