// How the first administrator comes to be, and every other one (ADM-01, ADM-02, ADM-04).

#include <gmock/gmock.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using testing::SizeIs;

class EnrolmentTest : public Clinic {
 protected:
  Result<> claim(std::string_view secret, const Visitor& visitor, const std::string& name = "first") {
    return accounts_->claim_box(secret, {name, "院長", Role::clinic_admin, {}}, visitor, told_);
  }
};

TEST_F(EnrolmentTest, whoever_has_the_boxs_secret_becomes_the_first_administrator) {
  EXPECT_FALSE(accounts_->is_bootstrapped());
  ASSERT_TRUE(claim(kLabel, local()));
  EXPECT_FALSE(accounts_->is_bootstrapped()) << "not before there is a second factor";
  const auto codes = enrol("first", kLabel, local());
  ASSERT_TRUE(codes);
  EXPECT_THAT(*codes, SizeIs(10));
  EXPECT_TRUE(accounts_->is_bootstrapped());
  EXPECT_EQ(last(EventId::account_bootstrapped, Field::object), "first");
  open();
  EXPECT_TRUE(accounts_->is_bootstrapped());
  EXPECT_EQ(actor("first").role, Role::clinic_admin);
}

TEST_F(EnrolmentTest, the_boxs_secret_counts_at_its_own_port_alone) {
  EXPECT_EQ(claim(kLabel, desk()).error().code, ErrorCode::account_refused);
  EXPECT_EQ(last_refusal(), "not_local");
  ASSERT_TRUE(claim(kLabel, local()));
  EXPECT_EQ(enrol("first", kLabel, desk()).error().code, ErrorCode::account_refused);
  EXPECT_EQ(last_refusal(), "not_local");
}

TEST_F(EnrolmentTest, the_boxs_secret_counts_once) {
  settle();
  EXPECT_EQ(claim(kLabel, local(), "second").error().code, ErrorCode::account_refused);
  EXPECT_EQ(accounts_->begin_enrolment("first", kLabel, local(), told_).error().code,
            ErrorCode::account_refused);
  open();
  EXPECT_EQ(claim(kLabel, local(), "second").error().code, ErrorCode::account_refused);
}

TEST_F(EnrolmentTest, until_then_the_box_may_be_claimed_anew) {
  ASSERT_TRUE(claim(kLabel, local(), "mistyped"));
  open();
  ASSERT_TRUE(claim(kLabel, local(), "first"));
  EXPECT_FALSE(enrol("mistyped", kLabel, local()));
  EXPECT_TRUE(enrol("first", kLabel, local()));
}

TEST_F(EnrolmentTest, a_wrong_secret_claims_nothing_and_is_counted) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(claim("abcd-efgh-jklm-npqs", local()).error().code, ErrorCode::account_refused);
  EXPECT_EQ(claim(kLabel, local()).error().code, ErrorCode::account_locked);
  EXPECT_EQ(last(EventId::account_locked, Field::object), "local");
  clock_.advance(std::chrono::minutes(5));
  EXPECT_EQ(claim(kLabel, local(), "Not A Name").error().code, ErrorCode::account_unsuitable);
  EXPECT_TRUE(claim(kLabel, local()));
}

TEST_F(EnrolmentTest, a_code_opens_nothing_but_the_enrolment) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  EXPECT_EQ(sign_in("tanaka", code->view(), "").error().code, ErrorCode::account_refused);
  EXPECT_EQ(last_refusal(), "not_enrolled");
  EXPECT_EQ(sign_in("tanaka", "", "").error().code, ErrorCode::account_refused);
  EXPECT_TRUE(enrol("tanaka", code->view()));
  EXPECT_EQ(last(EventId::account_enrolled, Field::detail), "totp");
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(EnrolmentTest, without_a_right_code_of_the_app_nothing_comes_into_use) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "000000", desk(), told_))
      << "nothing was offered";
  ASSERT_TRUE(accounts_->begin_enrolment("tanaka", code->view(), desk(), told_));
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "", desk(), told_));
  EXPECT_EQ(last_refusal(), "no_second_factor");
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "12345", desk(), told_));
  EXPECT_EQ(last_refusal(), "wrong_code");
  EXPECT_EQ(summary("tanaka").state, AccountState::invited);
}

TEST_F(EnrolmentTest, the_secret_shown_last_counts) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  const auto first = accounts_->begin_enrolment("tanaka", code->view(), desk(), told_);
  apps_["tanaka"] = *from_base32(first->totp_secret.view());
  EXPECT_THAT(
      std::string(first->totp_uri.view()),
      testing::StartsWith("otpauth://totp/Sekisho:tanaka?secret=" + std::string(first->totp_secret.view())));
  ASSERT_TRUE(accounts_->begin_enrolment("tanaka", code->view(), desk(), told_));
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, app("tanaka"), desk(), told_));
}

TEST_F(EnrolmentTest, a_weak_password_says_why_and_costs_no_attempt) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  for (const auto& [password, why] :
       {std::pair("short", "too_short"), std::pair("tanaka is my name", "holds_name"),
        std::pair("aoba-naika 5 trees", "holds_name"), std::pair("password123456", "common"),
        std::pair("short", "too_short"), std::pair("short", "too_short")}) {
    const auto refused = enrol("tanaka", code->view(), desk(), password);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::account_weak_password);
    EXPECT_EQ(refused.error().detail, why);
  }
  EXPECT_TRUE(enrol("tanaka", code->view()));
}

TEST_F(EnrolmentTest, a_code_ends_after_three_days_and_once_used) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  clock_.advance(Accounts::kInvitation);
  EXPECT_FALSE(enrol("tanaka", code->view()));
  EXPECT_EQ(last_refusal(), "secret_ended");
  const auto again = accounts_->reset(actor("first"), "tanaka", told_);
  EXPECT_FALSE(enrol("tanaka", code->view()));
  EXPECT_TRUE(enrol("tanaka", again->view()));
  EXPECT_FALSE(enrol("tanaka", again->view()));
  EXPECT_EQ(last_refusal(), "wrong_secret");
}

TEST_F(EnrolmentTest, an_account_in_use_keeps_no_code_and_would_not_heed_one) {
  settle();
  const auto count = [&] {
    auto row = *database_->prepare("SELECT count(*) FROM accounts WHERE length(invitation) > 0");
    EXPECT_TRUE(*row.step());
    return row.number(0);
  };
  EXPECT_EQ(count(), 0u);
  ASSERT_TRUE(accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_));
  EXPECT_EQ(count(), 1u);
  ASSERT_TRUE(accounts_->disable(actor("first"), "tanaka", told_));
  EXPECT_EQ(count(), 0u);
  auto put = *database_->prepare("UPDATE accounts SET invitation = ?1");
  ASSERT_TRUE(put.bind(1, Bytes(encode(hash_code("aaaa-aaaa-aaaa-aaaa")))).run());
  for (const char* name : {"first", "tanaka", "nobody", ""})
    EXPECT_FALSE(accounts_->begin_enrolment(name, "aaaa-aaaa-aaaa-aaaa", from("10.0.3.1"), told_)) << name;
}

TEST_F(EnrolmentTest, with_a_bound_certificate_no_app_is_needed) {
  settle();
  const Actor first = actor("first");
  const auto code = accounts_->create(first, {"tanaka", "田中", Role::viewer, {}}, told_);
  Visitor card = desk();
  card.certificate = certificate(7);
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "", card, told_))
      << "nobody bound it";
  ASSERT_TRUE(accounts_->bind_certificate(first, "tanaka", certificate(7), told_));
  EXPECT_FALSE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "", desk(), told_));
  EXPECT_TRUE(accounts_->finish_enrolment("tanaka", code->view(), kPassword, "", card, told_));
  EXPECT_EQ(last(EventId::account_enrolled, Field::detail), "certificate");
  EXPECT_TRUE(sign_in("tanaka", kPassword, "", card));
  EXPECT_FALSE(sign_in("tanaka", kPassword, "", desk()));
}

TEST_F(EnrolmentTest, guessing_a_code_locks_the_account) {
  settle();
  const auto code = accounts_->create(actor("first"), {"tanaka", "田中", Role::viewer, {}}, told_);
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(accounts_->begin_enrolment("tanaka", "aaaa-aaaa-aaaa-aaaa",
                                            from("10.0.1." + std::to_string(i)), told_));
  EXPECT_FALSE(enrol("tanaka", code->view()));
  EXPECT_EQ(last_refusal(), "locked");
  clock_.advance(Strikes::kFirstLock);
  EXPECT_TRUE(enrol("tanaka", code->view()));
}

TEST_F(EnrolmentTest, an_unknown_name_is_refused_like_any_other_and_not_written_down) {
  settle();
  EXPECT_EQ(accounts_->begin_enrolment("hunter2", "aaaa-aaaa-aaaa-aaaa", desk(), told_).error().code,
            ErrorCode::account_refused);
  EXPECT_EQ(last_refusal(), "unknown_name");
  EXPECT_EQ(last(EventId::account_refused, Field::object), "");
}

}  // namespace
}  // namespace gw::accounts
