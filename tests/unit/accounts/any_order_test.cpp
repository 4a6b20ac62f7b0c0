// Whatever order things happen in, nobody signs in while locked, disabled or without a second factor (ADM-01,
// ADM-03, ADM-07). A second account of what ought to be is kept by the simplest means, and held against what
// is.

#include <algorithm>
#include <random>

#include "unit/accounts/clinic.h"

namespace gw::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// What ought to be of one account.
struct Ought {
  AccountState state = AccountState::invited;
  std::vector<CivilTime> failures{};  ///< since the last lock
  CivilTime locked_until{};
  int locks = 0;
  CivilTime last_used{};
  CivilTime invited_until{};

  bool is_locked(CivilTime now) const { return now < locked_until; }
  void fail(CivilTime now) {
    if (is_locked(now)) return;
    failures.push_back(now);
    const auto recent = std::ranges::count_if(failures, [&](CivilTime at) { return now - at < minutes(15); });
    if (recent < 5) return;
    if (now - locked_until >= hours(24)) locks = 0;
    locked_until = now + std::min(minutes(5) * (1 << std::min(locks, 10)), minutes(240));
    locks += 1;
    failures.clear();
  }
  void forgive() { failures.clear(), locked_until = {}, locks = 0; }
};

class AnyOrderTest : public Clinic, public testing::WithParamInterface<unsigned> {
 protected:
  static constexpr const char* kNames[] = {"ichi", "ni", "san"};

  unsigned dice(unsigned sides) { return std::uniform_int_distribution<unsigned>(0, sides - 1)(random_); }
  /// Another one each time: what is tried here is the account's own lock.
  Visitor somewhere() {
    ++place_;
    return from("10." + std::to_string(place_ / 65536) + "." + std::to_string(place_ / 256 % 256) + "." +
                std::to_string(place_ % 256));
  }
  Actor chief() { return {AccountId(1), "first", Role::clinic_admin, desk(), ""}; }
  CivilTime now() { return clock_.civil_now(); }

  void time_passes() {
    for (auto& [name, ought] : ought_)
      if (ought.state == AccountState::active && now() - ought.last_used >= std::chrono::days(60))
        ought.state = AccountState::disabled;
  }

  void try_to_sign_in(const std::string& name) {
    const bool has_app = apps_.contains(name);
    const std::string code = has_app ? app(name) : "123456";  // moves the clock
    time_passes();
    Ought& ought = ought_[name];
    const unsigned manner = dice(4);
    const std::string_view password = manner == 1 ? "wrong" : kPassword;
    const std::string typed = manner == 2 ? "" : manner == 3 ? used_[name] : code;
    const auto in = sign_in(name, password, typed, somewhere());
    const bool is_right =
        manner == 0 && has_app && ought.state == AccountState::active && !ought.is_locked(now());
    ASSERT_EQ(static_cast<bool>(in), is_right) << name << " manner " << manner << " " << last_refusal();
    if (!in) return ought.fail(now());
    ought.forgive();
    ought.last_used = now();
    used_[name] = typed;
  }

  void enrol_anew(const std::string& name) {
    Ought& ought = ought_[name];
    const bool may =
        ought.state == AccountState::invited && !ought.is_locked(now()) && now() < ought.invited_until;
    const std::string next(kPassword);
    const Visitor visitor = somewhere();
    const auto offer = accounts_->begin_enrolment(name, codes_[name], visitor, told_);
    ASSERT_EQ(static_cast<bool>(offer), may) << name;
    if (!offer) return ought.fail(now());
    apps_[name] = *from_base32(offer->totp_secret.view());
    // The password before is not taken again: the row of passwords that were is wiped, so that this walk has
    // one.
    ASSERT_TRUE(database_->run("UPDATE accounts SET former = ''"));
    ASSERT_TRUE(accounts_->finish_enrolment(name, codes_[name], next, app(name), visitor, told_));
    ought.state = AccountState::active;
    ought.forgive();
    ought.last_used = now();
    used_[name] = "000000";
  }

  void administer(const std::string& name, unsigned what) {
    Ought& ought = ought_[name];
    switch (what) {
      case 0:
        ASSERT_TRUE(accounts_->disable(chief(), name, told_));
        ought.state = AccountState::disabled;
        return;
      case 1: {
        const bool has_something = summary(name).has_totp;
        ASSERT_EQ(static_cast<bool>(accounts_->enable(chief(), name, {}, told_)), has_something);
        if (!has_something) return;
        ought.state = AccountState::active;
        ought.last_used = now();
        return;
      }
      case 2:
        ASSERT_TRUE(accounts_->unlock(chief(), name, told_));
        ought.forgive();
        return;
      default: {
        const auto code = accounts_->reset(chief(), name, told_);
        ASSERT_TRUE(code);
        codes_[name] = std::string(code->view());
        ought.state = AccountState::invited;
        ought.invited_until = now() + hours(72);
        ought.forgive();
        apps_.erase(name);
      }
    }
  }

  void step() {
    const std::string name = kNames[dice(3)];
    const unsigned what = dice(20);
    if (what < 9) return try_to_sign_in(name);
    if (what < 12) return enrol_anew(name);
    if (what < 16) return administer(name, dice(4));
    if (what == 16) return open();
    if (what == 17) return clock_.advance(seconds(dice(600)));
    if (what == 18) return clock_.advance(minutes(dice(300)));
    if (dice(8) == 0) clock_.advance(hours(24 * dice(70)));
  }

  void check() {
    time_passes();
    for (auto& [name, ought] : ought_) {
      const AccountSummary is = summary(name);
      ASSERT_EQ(is.locked_until > now(), ought.is_locked(now())) << name;
      ASSERT_TRUE(is.state != AccountState::active || is.has_totp || is.has_certificate);
      ASSERT_TRUE(is.state == ought.state ||
                  (is.state == AccountState::active && ought.state == AccountState::disabled))
          << name;
    }
  }

  std::mt19937 random_{GetParam()};
  std::map<std::string, Ought> ought_;
  std::map<std::string, std::string> codes_, used_;
  unsigned place_ = 0;
};

TEST_P(AnyOrderTest, nobody_signs_in_who_must_not_and_everybody_who_may) {
  settle();
  for (const char* name : kNames) {
    const auto code = accounts_->create(chief(), {name, "x", Role::viewer, {}}, told_);
    codes_[name] = std::string(code->view());
    ought_[name].invited_until = now() + hours(72);
  }
  unsigned entries = 0;
  for (int i = 0; i < 600 && !HasFatalFailure(); ++i) {
    told_.clear();
    ASSERT_NO_FATAL_FAILURE(step()) << "seed " << GetParam() << " step " << i;
    ASSERT_NO_FATAL_FAILURE(check()) << "seed " << GetParam() << " step " << i;
    entries += last(EventId::account_signed_in) ? 1 : 0;
  }
  EXPECT_GT(entries, 5u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyOrderTest, testing::Range(1u, 9u));

}  // namespace
}  // namespace gw::accounts
