// How an account comes into use: with a password and a second factor, or not at all (ADM-01, ADM-04).

#include "accounts/accounts.h"
#include "accounts/recovery_codes.h"
#include "base/text.h"

namespace gw::accounts {

Result<> Accounts::claim_box(std::string_view secret, const Draft& first, const Visitor& visitor,
                             Told& told) {
  GW_TRY(turn_away_locked(visitor));
  GW_TRY(Shelf::Bootstrap bootstrap, shelf_.bootstrap());
  const bool fits = matches(bootstrap.secret.value_or(CodeHash{}), secret) && bootstrap.secret;
  if (visitor.door != Door::local || bootstrap.is_used || !fits) {
    GW_TRY(Account nobody, shelf_.find_or_nobody(""));
    const Refusal why = visitor.door != Door::local ? Refusal::not_local : Refusal::wrong_secret;
    return refuse(nobody, why, visitor, told);
  }
  if (const auto unsuitable = unsuitable_draft(first)) return *unsuitable;
  Account account;
  if (bootstrap.account != AccountId()) {
    GW_TRY(account, shelf_.find(bootstrap.account));
  }
  account.name = first.name;
  account.person = first.person;
  account.role = Role::clinic_admin;
  account.state = AccountState::invited;
  account.made = now();
  account.invitation = bootstrap.secret;
  GW_TRY(auto transaction, shelf_.begin());
  GW_TRY(shelf_.put(account));
  bootstrap.account = account.id;
  GW_TRY(shelf_.put(bootstrap));
  GW_TRY(transaction.commit());
  told.push_back(told_of(EventId::account_created, visitor)
                     .add(Field::object, account.name)
                     .add(Field::after, to_string(account.role))
                     .add(Field::result, "done"));
  return Done{};
}

/// Nobody enrols from elsewhere before the box has its first administrator (ADM-04).
std::optional<Refusal> Accounts::judge_invited(const Account& account, std::string_view code,
                                               const Visitor& visitor) const {
  const bool fits = matches(account.invitation.value_or(CodeHash{}), code) && account.invitation;
  if (account.state == AccountState::nobody) return Refusal::unknown_name;
  if (account.strikes.is_locked(now())) return Refusal::locked;
  if (!is_bootstrapped_ && visitor.door != Door::local) return Refusal::not_local;
  if (account.state != AccountState::invited || !fits) return Refusal::wrong_secret;
  if (account.invited_until != CivilTime{} && now() >= account.invited_until) return Refusal::secret_ended;
  return std::nullopt;
}

Result<Account> Accounts::admit_invited(std::string_view name, std::string_view code, const Visitor& visitor,
                                        Told& told) {
  GW_TRY(turn_away_locked(visitor));
  GW_TRY(sweep(told));
  GW_TRY(Account account, shelf_.find_or_nobody(to_lower(name)));
  if (const auto refusal = judge_invited(account, code, visitor))
    return refuse(account, *refusal, visitor, told);
  return account;
}

Result<Offer> Accounts::begin_enrolment(std::string_view name, std::string_view code, const Visitor& visitor,
                                        Told& told) {
  GW_TRY(Account account, admit_invited(name, code, visitor, told));
  return offer_for(account);
}

Result<std::vector<Secret>> Accounts::finish_enrolment(std::string_view name, std::string_view code,
                                                       std::string_view password, std::string_view proof,
                                                       const Visitor& visitor, Told& told) {
  GW_TRY(Account account, admit_invited(name, code, visitor, told));
  const bool shows_certificate = account.certificate && visitor.certificate == account.certificate;
  const auto step = examiner_.pending_step(account, proof, now());
  if (!step && !(proof.empty() && shows_certificate))
    return refuse(account, proof.empty() ? Refusal::no_second_factor : Refusal::wrong_code, visitor, told);
  if (auto weak = weakness(password, account)) return *std::move(weak);
  set_password(account, password);
  if (step) {
    account.totp = account.pending_totp;
    account.last_step = *step;
  }
  account.pending_totp.clear();
  RecoveryCodes made = make_recovery_codes();
  account.recovery = std::move(made.hashes);
  account.state = AccountState::active;
  account.cause = DisabledCause::none;
  account.invitation.reset();
  account.invited_until = {};
  account.strikes = {};
  account.last_used = now();
  GW_TRY(auto transaction, shelf_.begin());
  GW_TRY(shelf_.put(account));
  GW_TRY(const bool is_first, note_bootstrap(account));
  GW_TRY(transaction.commit());
  told.push_back(told_of(EventId::account_enrolled, visitor)
                     .add(Field::object, account.name)
                     .add(Field::role, to_string(account.role))
                     .add(Field::detail, step ? "totp" : "certificate")
                     .add(Field::result, "done"));
  if (is_first) {
    is_bootstrapped_ = true;
    told.push_back(told_of(EventId::account_bootstrapped, visitor)
                       .add(Field::object, account.name)
                       .add(Field::result, "done"));
  }
  return std::move(made.codes);
}

/// The box's own secret is forgotten once its first administrator is there. True: he is, as of now.
Result<bool> Accounts::note_bootstrap(const Account& account) {
  GW_TRY(Shelf::Bootstrap bootstrap, shelf_.bootstrap());
  if (bootstrap.is_used || bootstrap.account != account.id) return false;
  bootstrap.is_used = true;
  bootstrap.secret.reset();
  GW_TRY(shelf_.put(bootstrap));
  return true;
}

}  // namespace gw::accounts
