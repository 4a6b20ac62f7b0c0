// What somebody has proved, and what follows from it (ADM-01, ADM-03).

#include "accounts/proof.h"

#include <gtest/gtest.h>

#include "accounts/password.h"
#include "accounts/recovery_codes.h"
#include "accounts/totp.h"

namespace gw::accounts {
namespace {

constexpr PasswordCost kCheap{64, 1, 1};
constexpr CivilTime kNow{std::chrono::hours(400'000)};

class ProofTest : public testing::Test {
 protected:
  ProofTest() {
    account_.id = AccountId(5);
    account_.name = "tanaka";
    account_.state = AccountState::active;
    account_.password = hash_password("right", kCheap).to_text();
    account_.totp = examiner_.seal().close(secret_, 5);
  }
  std::string code(int off = 0) const {
    return hotp(secret_, totp_step(kNow) + static_cast<std::uint64_t>(off));
  }
  Proof examine(std::string_view password, std::string_view code, const Visitor& visitor = {}) const {
    return examiner_.examine(account_, {"tanaka", password, code}, visitor, kNow);
  }
  std::optional<Refusal> judged(std::string_view password, std::string_view code,
                                const Visitor& visitor = {}) const {
    return judge(account_, examine(password, code, visitor), {"tanaka", password, code}, kNow);
  }

  Examiner examiner_{Seal(Secret(std::string(32, 'k'))), kCheap};
  TotpSecret secret_ = make_totp_secret();
  Account account_;
};

TEST_F(ProofTest, password_and_code_suffice_and_neither_alone_does) {
  EXPECT_EQ(judged("right", code()), std::nullopt);
  EXPECT_EQ(judged("wrong", code()), Refusal::wrong_password);
  EXPECT_EQ(judged("right", code(2)), Refusal::wrong_code);
  EXPECT_EQ(judged("right", ""), Refusal::no_second_factor);
  EXPECT_EQ(judged("", ""), Refusal::wrong_password);
}

TEST_F(ProofTest, a_code_that_counted_is_named_as_such) {
  account_.last_step = totp_step(kNow);
  EXPECT_EQ(judged("right", code()), Refusal::used_code);
  EXPECT_EQ(judged("right", code(1)), std::nullopt);
}

TEST_F(ProofTest, the_bound_certificate_is_a_second_factor_and_another_is_none) {
  Visitor visitor;
  visitor.certificate.emplace().fill(3);
  EXPECT_EQ(judged("right", "", visitor), Refusal::no_second_factor);
  account_.certificate = visitor.certificate;
  EXPECT_EQ(judged("right", "", visitor), std::nullopt);
  EXPECT_EQ(judged("wrong", "", visitor), Refusal::wrong_password);
  visitor.certificate->at(0) = 4;
  EXPECT_EQ(judged("right", "", visitor), Refusal::no_second_factor);
  EXPECT_EQ(judged("right", ""), Refusal::no_second_factor);
}

TEST_F(ProofTest, a_recovery_code_is_a_second_factor) {
  const RecoveryCodes made = make_recovery_codes();
  account_.recovery = made.hashes;
  EXPECT_EQ(examine("right", made.codes[4].view()).recovery_code, 4u);
  EXPECT_EQ(judged("right", made.codes[4].view()), std::nullopt);
}

TEST_F(ProofTest, a_state_or_a_lock_outweighs_every_proof) {
  account_.state = AccountState::disabled;
  EXPECT_EQ(judged("right", code()), Refusal::disabled);
  account_.state = AccountState::invited;
  EXPECT_EQ(judged("right", code()), Refusal::not_enrolled);
  account_.state = AccountState::nobody;
  EXPECT_EQ(judged("right", code()), Refusal::unknown_name);
  account_.state = AccountState::active;
  account_.strikes.locked_until = kNow + std::chrono::seconds(1);
  EXPECT_EQ(judged("right", code()), Refusal::locked);
}

TEST_F(ProofTest, an_account_without_anything_opens_to_nothing) {
  account_ = Account{};
  account_.state = AccountState::active;
  const Proof proof = examine("nobody's", "");
  EXPECT_FALSE(proof.has_password) << "what stands in for a password is none";
  EXPECT_FALSE(proof.has_second_factor());
}

TEST_F(ProofTest, what_does_not_open_is_told_apart_from_what_is_wrong) {
  account_.totp = examiner_.seal().close(secret_, 6);
  EXPECT_EQ(judged("right", code()), Refusal::unreadable);
  account_.totp = examiner_.seal().close(secret_, 5);
  account_.password = "$argon2id$nonsense";
  EXPECT_EQ(judged("right", code()), Refusal::unreadable);
}

TEST_F(ProofTest, every_spoilt_octet_of_a_hash_refuses) {
  const std::string text = account_.password;
  for (std::size_t i = 0; i < text.size(); ++i) {
    account_.password = text;
    account_.password[i] = static_cast<char>(text[i] ^ 1);
    EXPECT_NE(judged("right", code()), std::nullopt) << account_.password;
  }
}

}  // namespace
}  // namespace gw::accounts
