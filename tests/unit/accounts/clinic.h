#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "accounts/accounts.h"
#include "accounts/base32.h"
#include "accounts/schema.h"
#include "accounts/totp.h"
#include "support/manual_clock.h"

namespace gw::accounts {

/// A clinic's accounts over a database in a folder of their own, with the apps of their owners. Argon2id is
/// cheap.
class Clinic : public testing::Test {
 protected:
  static constexpr PasswordCost kCheap{64, 1, 1};
  static constexpr std::string_view kLabel = "abcd-efgh-jklm-npqr";
  static constexpr std::string_view kPassword = "violet tractor humming";
  static constexpr std::string_view kOther = "seven lakes and a boat";

  Clinic() {
    std::string pattern = "/tmp/gw-accounts-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  ~Clinic() override {
    accounts_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// As after a restart.
  void open(PasswordCost cost = kCheap, char key = 'k') {
    accounts_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ + "/accounts.db", kMigrations));
    Settings settings;
    settings.cost = cost;
    settings.site_names = {"aoba-naika"};
    auto opened =
        Accounts::open(*database_, clock_, Seal(Secret(std::string(32, key))), settings, hash_code(kLabel));
    ASSERT_TRUE(opened) << opened.error().to_text();
    accounts_.emplace(*std::move(opened));
  }

  static Visitor local() { return {Door::local, {}, std::nullopt}; }
  static Visitor from(const std::string& address) {
    return {Door::web, *model::IpAddress::parse(address), std::nullopt};
  }
  static Visitor desk() { return from("10.0.0.10"); }
  static Sha256 certificate(std::uint8_t number) {
    Sha256 out{};
    out.fill(number);
    return out;
  }

  /// What the owner's app shows now. Each call moves the clock on, so that the code has not counted yet.
  std::string app(const std::string& name) {
    clock_.advance(std::chrono::seconds(30));
    return hotp(apps_.at(name), totp_step(clock_.civil_now()));
  }
  Result<std::vector<Secret>> enrol(const std::string& name, std::string_view code, Visitor visitor = desk(),
                                    std::string_view password = kPassword) {
    const auto offer = accounts_->begin_enrolment(name, code, visitor, told_);
    if (!offer) return offer.error();
    apps_[name] = *from_base32(offer->totp_secret.view());
    return accounts_->finish_enrolment(name, code, password, app(name), visitor, told_);
  }
  Result<SignedIn> sign_in(const std::string& name, std::string_view password, std::string_view code,
                           const Visitor& visitor = desk()) {
    return accounts_->sign_in({name, password, code}, visitor, told_);
  }
  /// With everything right.
  Result<SignedIn> come(const std::string& name, const Visitor& visitor = desk()) {
    return sign_in(name, kPassword, app(name), visitor);
  }
  Actor actor_of(const SignedIn& in, const Visitor& visitor = desk()) {
    auto actor = accounts_->authenticate(in.token.view(), visitor, told_);
    EXPECT_TRUE(actor);
    return *actor;
  }
  /// Somebody who has just signed in.
  Actor actor(const std::string& name) {
    const auto in = come(name);
    EXPECT_TRUE(in) << name;
    return actor_of(*in);
  }
  /// A clinic with its first administrator, who is called first.
  void settle() {
    ASSERT_TRUE(accounts_->claim_box(kLabel, {"first", "院長", Role::clinic_admin, {}}, local(), told_));
    ASSERT_TRUE(enrol("first", kLabel, local()));
  }
  /// One more account, in use.
  std::vector<Secret> add(const std::string& name, Role role, CivilTime ends = {}) {
    const auto code = accounts_->create(actor("first"), {name, "somebody", role, ends}, told_);
    EXPECT_TRUE(code) << code.error().to_text();
    auto codes = enrol(name, code->view());
    EXPECT_TRUE(codes) << codes.error().to_text();
    return *std::move(codes);
  }
  AccountSummary summary(const std::string& name) {
    Told nothing;
    const Actor auditor{AccountId(99), "auditor", Role::auditor, desk(), ""};
    const auto all = accounts_->list(auditor, nothing);
    EXPECT_TRUE(all);
    for (const AccountSummary& one : *all)
      if (one.name == name) return one;
    ADD_FAILURE() << name;
    return {};
  }

  static std::string text_of(const Event& event, Field field) {
    for (const auto& entry : event.entries())
      if (entry.field == field) return is_text(field) ? entry.text : std::to_string(entry.number);
    return "";
  }
  /// Of the record told last of this kind; nothing if there is none.
  std::optional<Event> last(EventId id) const {
    for (auto event = told_.rbegin(); event != told_.rend(); ++event)
      if (event->id() == id) return *event;
    return std::nullopt;
  }
  std::string last(EventId id, Field field) const {
    const auto event = last(id);
    return event ? text_of(*event, field) : "no such record";
  }
  std::string last_refusal() const { return last(EventId::account_refused, Field::reason); }

  std::string folder_;
  support::ManualClock clock_;
  std::optional<store::Database> database_;
  std::optional<Accounts> accounts_;
  std::map<std::string, std::vector<std::uint8_t>> apps_;
  Told told_;
};

}  // namespace gw::accounts
