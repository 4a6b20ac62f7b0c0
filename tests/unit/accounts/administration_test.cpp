// What administrators do to each other, and never to themselves (ADM-03, ADM-06, ADM-09, ADM-12).

#include <gmock/gmock.h>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::SizeIs;

class AdministrationTest : public Clinic {
 protected:
  AdministrationTest() {
    settle();
    add("tanaka", Role::viewer);
  }
  template <class T>
  static ErrorCode code_of(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? ErrorCode{} : result.error().code;
  }
};

TEST_F(AdministrationTest, accounts_are_made_by_those_who_may) {
  add("audit", Role::auditor);
  for (const char* name : {"tanaka", "audit"}) {
    EXPECT_EQ(code_of(accounts_->create(actor(name), {"x", "x", Role::viewer, {}}, told_)),
              ErrorCode::account_forbidden);
    EXPECT_EQ(last(EventId::account_forbidden, Field::administrator), name);
    EXPECT_EQ(last(EventId::account_forbidden, Field::object), "accounts.manage");
  }
  EXPECT_EQ(code_of(accounts_->list(actor("tanaka"), told_)), ErrorCode::account_forbidden);
  EXPECT_EQ(accounts_->list(actor("audit"), told_)->size(), 3u);
  EXPECT_EQ(accounts_->sessions(actor("audit"), told_)->size(), 7u);
}

TEST_F(AdministrationTest, a_record_says_who_made_which_account) {
  ASSERT_TRUE(accounts_->create(actor("first"), {"suzuki", "鈴木", Role::auditor, {}}, told_));
  EXPECT_EQ(last(EventId::account_created, Field::administrator), "first");
  EXPECT_EQ(last(EventId::account_created, Field::object), "suzuki");
  EXPECT_EQ(last(EventId::account_created, Field::after), "auditor");
  EXPECT_EQ(last(EventId::account_created, Field::source), "10.0.0.10");
}

TEST_F(AdministrationTest, what_cannot_be_an_account_is_unsuitable) {
  const Actor first = actor("first");
  EXPECT_EQ(code_of(accounts_->create(first, {"No", "x", Role::viewer, {}}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->create(first, {"x", "x", Role::noc, {}}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->create(first, {"x", "x", Role::maintainer, {}}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->create(first, {"tanaka", "x", Role::viewer, {}}, told_)),
            ErrorCode::account_exists);
}

TEST_F(AdministrationTest, their_number_is_bounded) {
  const Actor first = actor("first");
  for (std::size_t i = 2; i < Accounts::kMost; ++i)
    ASSERT_TRUE(accounts_->create(first, {"a" + std::to_string(i), "x", Role::viewer, {}}, told_));
  EXPECT_EQ(code_of(accounts_->create(first, {"one-more", "x", Role::viewer, {}}, told_)),
            ErrorCode::account_full);
}

TEST_F(AdministrationTest, nobody_does_anything_to_himself) {
  const Actor first = actor("first");
  EXPECT_EQ(code_of(accounts_->change_role(first, "first", Role::viewer, {}, told_)),
            ErrorCode::account_not_by_itself);
  EXPECT_EQ(code_of(accounts_->disable(first, "first", told_)), ErrorCode::account_not_by_itself);
  EXPECT_EQ(code_of(accounts_->enable(first, "first", {}, told_)), ErrorCode::account_not_by_itself);
  EXPECT_EQ(code_of(accounts_->unlock(first, "first", told_)), ErrorCode::account_not_by_itself);
  EXPECT_EQ(code_of(accounts_->reset(first, "first", told_)), ErrorCode::account_not_by_itself);
  EXPECT_EQ(code_of(accounts_->bind_certificate(first, "first", certificate(1), told_)),
            ErrorCode::account_not_by_itself);
  EXPECT_EQ(last(EventId::account_forbidden, Field::reason), "not_by_itself");
  EXPECT_EQ(code_of(accounts_->disable(first, "nobody", told_)), ErrorCode::account_unknown);
  EXPECT_EQ(code_of(accounts_->disable(first, "", told_)), ErrorCode::account_unknown);
}

TEST_F(AdministrationTest, a_changed_role_ends_the_sessions_of_the_former_one) {
  const auto in = come("tanaka");
  ASSERT_TRUE(accounts_->change_role(actor("first"), "tanaka", Role::auditor, {}, told_));
  EXPECT_EQ(last(EventId::account_changed, Field::before), "viewer");
  EXPECT_EQ(last(EventId::account_changed, Field::after), "auditor");
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  EXPECT_EQ(actor("tanaka").role, Role::auditor);
}

TEST_F(AdministrationTest, a_role_is_given_with_its_end_and_the_emergency_is_no_role_to_change_to) {
  const Actor first = actor("first");
  EXPECT_EQ(code_of(accounts_->change_role(first, "tanaka", Role::maintainer, {}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->change_role(first, "tanaka", Role::noc, {}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->change_role(first, "tanaka", Role::break_glass, {}, told_)),
            ErrorCode::account_unsuitable);
  add("fuufuu", Role::break_glass);
  EXPECT_EQ(code_of(accounts_->change_role(actor("first"), "fuufuu", Role::clinic_admin, {}, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_TRUE(
      accounts_->change_role(first, "tanaka", Role::maintainer, clock_.civil_now() + hours(2), told_));
  clock_.advance(hours(2));
  EXPECT_FALSE(come("tanaka"));
}

TEST_F(AdministrationTest, whoever_is_disabled_is_out_at_once_and_comes_back_when_enabled) {
  const auto in = come("tanaka");
  ASSERT_TRUE(accounts_->disable(actor("first"), "tanaka", told_));
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  EXPECT_FALSE(come("tanaka"));
  EXPECT_EQ(last_refusal(), "disabled");
  open();
  EXPECT_FALSE(come("tanaka"));
  ASSERT_TRUE(accounts_->enable(actor("first"), "tanaka", {}, told_));
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(AdministrationTest, what_has_nothing_to_sign_in_with_is_not_enabled) {
  ASSERT_TRUE(accounts_->create(actor("first"), {"suzuki", "鈴木", Role::viewer, {}}, told_));
  EXPECT_EQ(code_of(accounts_->enable(actor("first"), "suzuki", {}, told_)), ErrorCode::account_unsuitable);
  add("fuufuu", Role::break_glass);
  ASSERT_TRUE(accounts_->disable(actor("first"), "fuufuu", told_));
  EXPECT_EQ(code_of(accounts_->enable(actor("first"), "fuufuu", {}, told_)), ErrorCode::account_unsuitable);
  EXPECT_FALSE(come("fuufuu"));
}

TEST_F(AdministrationTest, nobody_lengthens_an_emergency) {
  add("fuufuu", Role::break_glass);
  ASSERT_TRUE(come("fuufuu"));
  clock_.advance(hours(11));
  EXPECT_EQ(code_of(accounts_->enable(actor("first"), "fuufuu", {}, told_)), ErrorCode::account_unsuitable);
  clock_.advance(hours(1));
  EXPECT_FALSE(come("fuufuu"));
  const auto code = accounts_->reset(actor("first"), "fuufuu", told_);
  EXPECT_EQ(enrol("fuufuu", code->view()).error().detail, "used_before");
  EXPECT_TRUE(enrol("fuufuu", code->view(), desk(), kOther));
}

TEST_F(AdministrationTest, a_second_administrator_unlocks) {
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(sign_in("tanaka", "wrong", "1", from("10.0.1." + std::to_string(i))));
  EXPECT_FALSE(come("tanaka"));
  ASSERT_TRUE(accounts_->unlock(actor("first"), "tanaka", told_));
  EXPECT_EQ(last(EventId::account_unlocked, Field::before), "locked");
  EXPECT_TRUE(come("tanaka"));
}

TEST_F(AdministrationTest, a_locked_account_does_not_unlock_itself_by_an_open_session) {
  add("second", Role::clinic_admin);
  const Actor second = actor("second");
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(sign_in("second", "wrong", "1", from("10.0.1." + std::to_string(i))));
  EXPECT_EQ(code_of(accounts_->unlock(second, "second", told_)), ErrorCode::account_not_by_itself);
  EXPECT_FALSE(come("second"));
}

TEST_F(AdministrationTest, a_reset_takes_everything_and_the_password_before_stays_known) {
  const auto in = come("tanaka");
  const auto code = accounts_->reset(actor("first"), "tanaka", told_);
  ASSERT_TRUE(code);
  EXPECT_EQ(last(EventId::account_reset, Field::object), "tanaka");
  EXPECT_FALSE(accounts_->authenticate(in->token.view(), desk(), told_));
  EXPECT_FALSE(come("tanaka"));
  EXPECT_EQ(enrol("tanaka", code->view()).error().detail, "used_before");
  EXPECT_TRUE(enrol("tanaka", code->view(), desk(), kOther));
  EXPECT_TRUE(sign_in("tanaka", kOther, app("tanaka")));
}

TEST_F(AdministrationTest, the_first_approver_is_appointed_and_approvers_make_the_others) {
  add("incho", Role::approver);
  const Actor first = actor("first");
  EXPECT_EQ(code_of(accounts_->create(first, {"mine", "x", Role::approver, {}}, told_)),
            ErrorCode::account_forbidden);
  EXPECT_EQ(last(EventId::account_forbidden, Field::object), "accounts.appoint");
  EXPECT_EQ(code_of(accounts_->change_role(first, "tanaka", Role::approver, {}, told_)),
            ErrorCode::account_forbidden);
  EXPECT_EQ(code_of(accounts_->change_role(first, "incho", Role::viewer, {}, told_)),
            ErrorCode::account_forbidden);
  EXPECT_EQ(code_of(accounts_->reset(first, "incho", told_)), ErrorCode::account_forbidden);
  EXPECT_EQ(code_of(accounts_->disable(first, "incho", told_)), ErrorCode::account_forbidden);
  EXPECT_EQ(code_of(accounts_->bind_certificate(first, "incho", certificate(1), told_)),
            ErrorCode::account_forbidden);
  const Actor incho = actor("incho");
  EXPECT_TRUE(accounts_->create(incho, {"fuku-incho", "副院長", Role::approver, {}}, told_));
  EXPECT_EQ(code_of(accounts_->create(incho, {"x", "x", Role::clinic_admin, {}}, told_)),
            ErrorCode::account_forbidden);
  EXPECT_EQ(code_of(accounts_->change_role(incho, "tanaka", Role::approver, {}, told_)),
            ErrorCode::account_forbidden)
      << "a viewer is not an approver's to manage";
}

TEST_F(AdministrationTest, where_no_approver_is_in_use_one_can_be_appointed) {
  add("incho", Role::approver);
  clock_.advance(days(59));
  ASSERT_TRUE(come("first"));
  clock_.advance(days(1));
  EXPECT_EQ(summary("incho").state, AccountState::active);
  const Actor first = actor("first");
  EXPECT_EQ(summary("incho").cause, DisabledCause::unused);
  EXPECT_TRUE(accounts_->create(first, {"next", "次の院長", Role::approver, {}}, told_));
}

TEST_F(AdministrationTest, a_certificate_belongs_to_one_account) {
  add("suzuki", Role::viewer);
  const Actor first = actor("first");
  ASSERT_TRUE(accounts_->bind_certificate(first, "tanaka", certificate(7), told_));
  EXPECT_EQ(code_of(accounts_->bind_certificate(first, "suzuki", certificate(7), told_)),
            ErrorCode::account_unsuitable);
  EXPECT_EQ(last(EventId::account_changed, Field::before), "none");
  ASSERT_TRUE(accounts_->bind_certificate(first, "tanaka", std::nullopt, told_)) << "the app is left";
}

TEST_F(AdministrationTest, the_only_second_factor_is_not_taken_away) {
  const Actor first = actor("first");
  const auto code = accounts_->create(first, {"card", "x", Role::viewer, {}}, told_);
  ASSERT_TRUE(accounts_->bind_certificate(first, "card", certificate(7), told_));
  Visitor card = desk();
  card.certificate = certificate(7);
  ASSERT_TRUE(accounts_->finish_enrolment("card", code->view(), kPassword, "", card, told_));
  EXPECT_EQ(code_of(accounts_->bind_certificate(first, "card", std::nullopt, told_)),
            ErrorCode::account_unsuitable);
  EXPECT_TRUE(accounts_->bind_certificate(first, "card", certificate(8), told_));
}

TEST_F(AdministrationTest, sessions_are_ended_by_force) {
  const auto one = come("tanaka"), other = come("tanaka"), third = come("tanaka");
  EXPECT_EQ(code_of(accounts_->end_session(actor("tanaka"), one->session.name, told_)),
            ErrorCode::account_forbidden);
  const Actor first = actor("first");
  ASSERT_TRUE(accounts_->end_session(first, one->session.name, told_));
  EXPECT_EQ(last(EventId::account_session_ended, Field::administrator), "first");
  EXPECT_EQ(last(EventId::account_session_ended, Field::reason), "forced");
  EXPECT_FALSE(accounts_->authenticate(one->token.view(), desk(), told_));
  EXPECT_TRUE(accounts_->authenticate(other->token.view(), desk(), told_));
  ASSERT_TRUE(accounts_->end_sessions_of(first, "tanaka", told_));
  EXPECT_FALSE(accounts_->authenticate(other->token.view(), desk(), told_));
  EXPECT_FALSE(accounts_->authenticate(third->token.view(), desk(), told_));
  EXPECT_EQ(code_of(accounts_->end_session(first, one->session.name, told_)),
            ErrorCode::account_session_ended);
}

TEST_F(AdministrationTest, a_maintainer_whose_time_is_over_gets_another_end_first) {
  add("vendor", Role::maintainer, clock_.civil_now() + hours(1));
  clock_.advance(hours(1));
  ASSERT_TRUE(accounts_->sweep(told_));
  const Actor first = actor("first");
  EXPECT_EQ(code_of(accounts_->reset(first, "vendor", told_)), ErrorCode::account_unsuitable);
  EXPECT_EQ(code_of(accounts_->enable(first, "vendor", {}, told_)), ErrorCode::account_unsuitable);
  ASSERT_TRUE(accounts_->enable(first, "vendor", clock_.civil_now() + hours(1), told_));
  EXPECT_THAT(last(EventId::account_changed, Field::after), testing::StartsWith("active until 2026-"));
  EXPECT_TRUE(come("vendor"));
}

}  // namespace
}  // namespace gw::accounts
