// Who gets in, who does not, and what the records say (ADM-01, ADM-03, ADM-05, EMG-01).

#include <gmock/gmock.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SignInTest : public Clinic {
 protected:
  SignInTest() {
    settle();
    codes_ = add("tanaka", Role::viewer);
  }
  void expect_refused(const Result<SignedIn>& result, const std::string& why) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::account_refused);
    EXPECT_TRUE(result.error().detail.empty()) << "one uniform answer";
    EXPECT_EQ(last_refusal(), why);
  }
  std::uint64_t writes() {
    auto row = *database_->prepare("SELECT total_changes()");
    EXPECT_TRUE(*row.step());
    return row.number(0);
  }
  std::vector<Secret> codes_;
};

TEST_F(SignInTest, password_and_code_give_a_session_with_its_token) {
  const auto in = sign_in("Tanaka", kPassword, app("tanaka"));
  ASSERT_TRUE(in);
  EXPECT_EQ(in->recovery_codes, 10u);
  const Actor who = actor_of(*in);
  EXPECT_EQ(who.name, "tanaka");
  EXPECT_EQ(who.role, Role::viewer);
  EXPECT_EQ(who.session, in->session.name);
  EXPECT_TRUE(accounts_->is_csrf_of(in->token.view(), in->csrf));
  EXPECT_EQ(last(EventId::account_signed_in, Field::detail), "totp");
  EXPECT_EQ(last(EventId::account_signed_in, Field::administrator), "tanaka");
  EXPECT_EQ(last(EventId::account_signed_in, Field::source), "10.0.0.10");
}

TEST_F(SignInTest, every_refusal_is_the_same_to_whoever_asks) {
  expect_refused(sign_in("nobody", kPassword, "123456"), "unknown_name");
  expect_refused(sign_in("", "", ""), "unknown_name");
  expect_refused(sign_in("tanaka", "wrong", app("tanaka")), "wrong_password");
  clock_.advance(minutes(20));
  expect_refused(sign_in("tanaka", kPassword, "12345"), "wrong_code");
  expect_refused(sign_in("tanaka", kPassword, ""), "no_second_factor");
}

TEST_F(SignInTest, an_unknown_name_costs_the_same_writes) {
  const auto cost_of = [&](const std::string& name) {
    const std::uint64_t before = writes();
    EXPECT_FALSE(sign_in(name, "wrong", "123456"));
    clock_.advance(minutes(20));
    return writes() - before;
  };
  EXPECT_EQ(cost_of("tanaka"), 1u);
  EXPECT_EQ(cost_of("nobody"), 1u);
  ASSERT_TRUE(accounts_->disable(actor("first"), "tanaka", told_));
  EXPECT_EQ(cost_of("tanaka"), 1u);
}

TEST_F(SignInTest, what_was_typed_as_an_unknown_name_stands_in_no_record) {
  EXPECT_FALSE(sign_in("violet tractor humming", "tanaka", "123456"));
  for (const Event& event : told_)
    for (const auto& entry : event.entries()) EXPECT_EQ(entry.text.find("violet"), std::string::npos);
}

TEST_F(SignInTest, a_code_counts_once_even_over_a_restart) {
  const std::string code = app("tanaka");
  ASSERT_TRUE(sign_in("tanaka", kPassword, code));
  expect_refused(sign_in("tanaka", kPassword, code), "used_code");
  open();
  expect_refused(sign_in("tanaka", kPassword, code), "used_code");
}

TEST_F(SignInTest, a_recovery_code_counts_once) {
  const auto in = sign_in("tanaka", kPassword, codes_[3].view());
  ASSERT_TRUE(in);
  EXPECT_EQ(in->recovery_codes, 9u);
  EXPECT_EQ(last(EventId::account_signed_in, Field::detail), "recovery_code");
  expect_refused(sign_in("tanaka", kPassword, codes_[3].view()), "wrong_code");
  EXPECT_TRUE(sign_in("tanaka", kPassword, codes_[4].view()));
}

TEST_F(SignInTest, with_a_certificate_no_code_is_used_up) {
  ASSERT_TRUE(accounts_->bind_certificate(actor("first"), "tanaka", certificate(7), told_));
  Visitor card = desk();
  card.certificate = certificate(7);
  EXPECT_EQ(sign_in("tanaka", kPassword, codes_[0].view(), card)->recovery_codes, 10u);
  EXPECT_EQ(last(EventId::account_signed_in, Field::detail), "certificate");
}

TEST_F(SignInTest, five_failures_lock_the_account_from_everywhere) {
  for (int i = 0; i < 5; ++i)
    expect_refused(sign_in("tanaka", "wrong", "1", from("10.0.1." + std::to_string(i))), "wrong_password");
  EXPECT_EQ(last(EventId::account_locked, Field::object), "tanaka");
  expect_refused(come("tanaka"), "locked");
  open();
  expect_refused(come("tanaka"), "locked");
  EXPECT_TRUE(come("first")) << "the others are not";
  clock_.advance(Strikes::kFirstLock);
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(SignInTest, what_is_tried_while_it_is_locked_does_not_lengthen_the_lock) {
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(sign_in("tanaka", "wrong", "1", from("10.0.1." + std::to_string(i))));
  for (int i = 0; i < 50; ++i)
    EXPECT_FALSE(sign_in("tanaka", "wrong", "1", from("10.0.2." + std::to_string(i))));
  clock_.advance(Strikes::kFirstLock);
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(SignInTest, a_session_outlives_the_lock_that_a_stranger_brought_about) {
  const auto in = come("tanaka");
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(sign_in("tanaka", "wrong", "1", from("10.0.1." + std::to_string(i))));
  EXPECT_TRUE(accounts_->authenticate(in->token.view(), desk(), told_));
}

TEST_F(SignInTest, five_failures_lock_their_source_whatever_the_names) {
  const Visitor stranger = from("10.0.0.66");
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(sign_in("name" + std::to_string(i), "wrong", "1", stranger));
  EXPECT_EQ(last(EventId::account_locked, Field::object), "10.0.0.66");
  const std::size_t told = told_.size();
  for (int i = 0; i < 7; ++i) EXPECT_EQ(come("tanaka", stranger).error().code, ErrorCode::account_locked);
  EXPECT_EQ(told_.size(), told) << "no flood of records";
  EXPECT_TRUE(come("tanaka"));
  clock_.advance(minutes(5));
  EXPECT_TRUE(come("tanaka", stranger));
  EXPECT_EQ(last(EventId::account_signed_in, Field::count), "7");
}

TEST_F(SignInTest, a_success_clears_the_accounts_failures_and_not_the_sources) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(sign_in("tanaka", "wrong", "1"));
    EXPECT_TRUE(come("tanaka"));
  }
  EXPECT_FALSE(sign_in("tanaka", "wrong", "1"));
  EXPECT_EQ(come("tanaka").error().code, ErrorCode::account_locked);
  EXPECT_TRUE(come("tanaka", from("10.0.0.11")));
}

TEST_F(SignInTest, a_dearer_hash_takes_the_place_of_a_cheap_one) {
  open({128, 2, 1});
  const auto cost = [&] {
    auto row = *database_->prepare("SELECT password FROM accounts WHERE name = 'tanaka'");
    EXPECT_TRUE(*row.step());
    return PasswordHash::parse(row.text(0))->cost;
  };
  EXPECT_EQ(cost(), kCheap);
  EXPECT_FALSE(sign_in("tanaka", "wrong", app("tanaka")));
  EXPECT_EQ(cost(), kCheap);
  ASSERT_TRUE(come("tanaka"));
  EXPECT_EQ(cost(), (PasswordCost{128, 2, 1}));
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(SignInTest, under_another_key_no_code_of_an_app_counts) {
  open(kCheap, 'x');
  expect_refused(come("tanaka"), "unreadable");
}

TEST_F(SignInTest, a_restart_signs_everybody_out) {
  const auto in = come("tanaka");
  open();
  EXPECT_EQ(accounts_->authenticate(in->token.view(), desk(), told_).error().code,
            ErrorCode::account_session_ended);
}

TEST_F(SignInTest, a_stolen_token_ends_the_session_and_is_told) {
  const auto in = come("tanaka");
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), from("10.0.0.66"), told_));
  EXPECT_EQ(last(EventId::account_session_ended, Field::reason), "moved");
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
}

TEST_F(SignInTest, whoever_signs_out_is_out) {
  const auto in = come("tanaka");
  accounts_->sign_out(actor_of(*in), told_);
  EXPECT_EQ(last(EventId::account_session_ended, Field::reason), "signed_out");
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
}

TEST_F(SignInTest, the_emergency_account_alarms_and_lives_twelve_hours) {
  add("fuufuu", Role::break_glass);
  clock_.advance(std::chrono::days(400));
  ASSERT_TRUE(come("fuufuu")) << "it lies in its envelope for years";
  EXPECT_EQ(last(EventId::account_emergency, Field::administrator), "fuufuu");
  EXPECT_EQ(level_of(EventId::account_emergency), Level::error);
  clock_.advance(hours(11));
  const auto in = come("fuufuu");
  ASSERT_TRUE(in);
  clock_.advance(minutes(9));
  ASSERT_TRUE(accounts_->authenticate(in->token.view(), desk(), told_));
  clock_.advance(minutes(51));
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  expect_refused(come("fuufuu"), "disabled");
  EXPECT_EQ(summary("fuufuu").cause, DisabledCause::ended);
  EXPECT_FALSE(summary("fuufuu").has_totp) << "its secret is another one the next time";
}

TEST_F(SignInTest, a_maintainer_is_out_at_the_end) {
  const CivilTime ends = clock_.civil_now() + hours(2);
  add("vendor", Role::maintainer, ends);
  clock_.advance(hours(2) - minutes(5));
  const auto in = come("vendor");
  ASSERT_TRUE(in);
  clock_.advance(minutes(5));
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  expect_refused(come("vendor"), "disabled");
}

TEST_F(SignInTest, a_full_or_broken_store_lets_nobody_in) {
  ASSERT_TRUE(
      database_->run("CREATE TRIGGER broken BEFORE UPDATE ON accounts BEGIN SELECT RAISE(ABORT, 'x'); END"));
  EXPECT_EQ(come("tanaka").error().code, ErrorCode::store_failed);
  EXPECT_EQ(sign_in("nobody", "x", "1").error().code, ErrorCode::store_failed);
}

}  // namespace
}  // namespace gw::accounts
