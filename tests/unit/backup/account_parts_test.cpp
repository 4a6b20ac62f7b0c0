// Accounts go into a backup and come back on another box, without what opens on this box alone (BAK-04,
// ADM-09).

#include "backup/account_parts.h"

#include <gmock/gmock.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using accounts::Account;
using accounts::AccountId;
using accounts::AccountState;
using accounts::Role;

Account account(std::uint64_t number, std::string name, AccountState state) {
  Account out;
  out.id = AccountId(number);
  out.name = std::move(name);
  out.person = "山田 花子";
  out.role = Role::clinic_admin;
  out.state = state;
  out.made = CivilTime(std::chrono::microseconds(1'795'000'000'000'001));
  return out;
}

Account with_certificate() {
  Account out = account(3, "carries", AccountState::active);
  out.password = "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA";
  out.former = {"$argon2id$old", "$argon2id$older"};
  out.certificate.emplace().fill(7);
  out.totp = {1, 2, 3};
  out.recovery.resize(4);
  out.last_used = CivilTime(std::chrono::seconds(1'795'000'000));
  return out;
}

Account with_app() {
  Account out = account(4, "has-an-app", AccountState::active);
  out.password = "$argon2id$secret";
  out.totp = Octets(40, 0x5e);
  return out;
}

std::string text_of(const Part& part) { return std::string(as_text(part.content)); }
Part part_with(std::string_view text) { return {"accounts/accounts.txt", octets_of(text)}; }

TEST(AccountPartsTest, what_holds_elsewhere_comes_back) {
  Account gone = account(7, "gone", AccountState::disabled);
  gone.cause = accounts::DisabledCause::unused;
  gone.ends = CivilTime(std::chrono::seconds(1'800'000'000));
  const Part part = part_of({with_certificate(), gone});
  EXPECT_TRUE(is_part_name(part.name));
  const auto back = accounts_in({part});
  ASSERT_TRUE(back) << back.error().to_text();
  ASSERT_EQ(back->size(), 2u);
  const Account& one = back->front();
  const Account was = with_certificate();
  EXPECT_EQ(one.id, was.id);
  EXPECT_EQ(one.name, was.name);
  EXPECT_EQ(one.person, was.person);
  EXPECT_EQ(one.role, was.role);
  EXPECT_EQ(one.state, AccountState::active);
  EXPECT_EQ(one.password, was.password);
  EXPECT_EQ(one.former, was.former);
  EXPECT_EQ(one.certificate, was.certificate);
  EXPECT_EQ(one.made, was.made);
  EXPECT_EQ(one.last_used, was.last_used);
  EXPECT_TRUE(one.totp.empty());
  EXPECT_TRUE(one.recovery.empty());
  EXPECT_EQ(back->back().state, AccountState::disabled);
  EXPECT_EQ(back->back().cause, gone.cause);
  EXPECT_EQ(back->back().ends, gone.ends);
}

TEST(AccountPartsTest, no_secret_of_an_app_and_no_code_goes_in) {
  Account one = with_app();
  one.invitation.emplace().digest.fill(0x5e);
  EXPECT_EQ(text_of(part_of({one})).find("5e5e"), std::string::npos);
  EXPECT_EQ(text_of(part_of({one})).find("^^"), std::string::npos);
}

TEST(AccountPartsTest, whoever_had_an_app_alone_is_invited_and_nobody_knows_a_code) {
  const auto back = accounts_in({part_of({with_app()})});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->front().state, AccountState::invited);
  EXPECT_EQ(back->front().password, "");
  EXPECT_FALSE(back->front().invitation);
  EXPECT_THAT(back->front().former, testing::ElementsAre("$argon2id$secret"));
}

TEST(AccountPartsTest, a_line_that_is_missing_or_another_is_no_account) {
  const std::string whole = text_of(part_of({with_certificate()}));
  ASSERT_TRUE(accounts_in({part_with(whole)}));
  for (std::size_t at = 0; at < whole.size(); at = whole.find('\n', at) + 1) {
    std::string fewer = whole;
    fewer.erase(at, whole.find('\n', at) + 1 - at);
    const bool is_former = whole.compare(at, 7, "former ") == 0;
    EXPECT_EQ(bool(accounts_in({part_with(fewer)})), is_former) << at;
  }
  for (const char* word : {"role clinic_admin", "state active", "certificate 07", "account 3"}) {
    std::string other = whole;
    other.replace(other.find(word), std::string_view(word).size(), "role nobody");
    EXPECT_FALSE(accounts_in({part_with(other)})) << word;
  }
  EXPECT_FALSE(accounts_in({}));
  EXPECT_FALSE(accounts_in({part_with("")}));
}

}  // namespace
}  // namespace gw::backup
