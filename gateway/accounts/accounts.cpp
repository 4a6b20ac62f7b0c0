#include "accounts/accounts.h"

#include <algorithm>

#include "accounts/base32.h"
#include "accounts/password_policy.h"
#include "accounts/totp.h"

namespace gw::accounts {

Result<Accounts> Accounts::open(store::Database& database, const Clock& clock, Seal seal, Settings settings,
                                const std::optional<CodeHash>& bootstrap) {
  Accounts accounts(database, clock, std::move(seal), std::move(settings));
  GW_TRY(accounts.shelf_.prepare(bootstrap));
  GW_TRY(const Shelf::Bootstrap found, accounts.shelf_.bootstrap());
  accounts.is_bootstrapped_ = found.is_used;
  accounts.has_label_ = found.secret.has_value();
  return accounts;
}

std::vector<std::string> Accounts::names_beside(const Account& account) const {
  std::vector<std::string> names = settings_.site_names;
  names.insert(names.end(), {account.name, account.person, settings_.issuer});
  return names;
}

void Accounts::tell_over(std::span<const Sessions::Over> over, Told& told) const {
  for (const auto& [session, end] : over) {
    const Actor whose{session.account, session.account_name, session.role, session.visitor, session.name};
    told.push_back(told_of(EventId::account_session_ended, whose).add(Field::reason, to_string(end)));
  }
}

void Accounts::end_sessions(const Account& account, SessionEnd why, Told& told) {
  tell_over(sessions_.end_all_of(account.id, why), told);
}

/// Before anything costs anything: it says nothing about any account (ADM-03).
Result<> Accounts::turn_away_locked(const Visitor& visitor) {
  if (!sources_.is_locked(visitor.address, now())) return Done{};
  sources_.turn_away(visitor.address);
  return Error{ErrorCode::account_locked};
}

void Accounts::strike(Account& account, const Visitor& visitor, Told& told) {
  const auto tell = [&](std::string_view object, CivilTime until) {
    told.push_back(told_of(EventId::account_locked, visitor)
                       .add(Field::object, object)
                       .add(Field::detail, "until " + to_timestamp(until)));
  };
  if (const auto until = sources_.fail(visitor.address, now())) tell(visitor.to_text(), *until);
  if (account.strikes.is_locked(now())) return;
  account.strikes = account.strikes.after_failure(now());
  const bool is_somebody = account.state != AccountState::nobody;
  if (is_somebody && account.strikes.is_locked(now())) tell(account.name, account.strikes.locked_until);
}

/// Written down whoever it was, so that a name that there is takes no longer than one that there is not. What
/// was typed as a name that there is not stands in no record: it may be somebody's password.
Error Accounts::refuse(Account& account, Refusal why, const Visitor& visitor, Told& told) {
  const std::uint64_t turned_away = sources_.take_turned_away(visitor.address);
  Event event = told_of(EventId::account_refused, visitor);
  if (account.state != AccountState::nobody) event.add(Field::object, account.name);
  event.add(Field::reason, to_string(why)).add(Field::result, "refused");
  if (turned_away != 0) event.add(Field::count, turned_away);
  told.push_back(std::move(event));
  strike(account, visitor, told);
  const auto written = shelf_.put(account);
  return written ? Error{ErrorCode::account_refused} : written.error();
}

/// Somebody's own account, once more proved by its password: an open session alone changes nothing of it.
Result<Account> Accounts::own(const Actor& actor, std::string_view password, Told& told) {
  GW_TRY(authorise(actor, Operation::account_own, told));
  GW_TRY(turn_away_locked(actor.visitor));
  GW_TRY(Account account, shelf_.find(actor.account));
  const bool fits = examiner_.has_password(account, password);
  if (account.state == AccountState::active && !account.strikes.is_locked(now()) && fits) return account;
  return refuse(account, account.strikes.is_locked(now()) ? Refusal::locked : Refusal::wrong_password,
                actor.visitor, told);
}

std::optional<Error> Accounts::weakness(std::string_view password, const Account& account) const {
  std::vector<PasswordHash> kept;
  for (const std::string& text : account.former)
    if (auto hash = PasswordHash::parse(text)) kept.push_back(*std::move(hash));
  if (auto hash = PasswordHash::parse(account.password)) kept.push_back(*std::move(hash));
  auto refusal = judge_password(password, names_beside(account));
  if (!refusal) refusal = judge_history(password, kept);
  if (!refusal) return std::nullopt;
  return Error{ErrorCode::account_weak_password, std::string(to_string(*refusal))};
}

void Accounts::set_password(Account& account, std::string_view password) const {
  if (!account.password.empty()) account.former.push_back(account.password);
  if (account.former.size() > kKeptPasswords) account.former.erase(account.former.begin());
  account.password = hash_password(password, settings_.cost).to_text();
}

Result<Offer> Accounts::offer_for(Account& account) {
  TotpSecret secret = make_totp_secret();
  account.pending_totp = examiner_.seal().close(secret, account.id.number());
  Offer offer{Secret(to_base32(secret)), Secret(totp_uri(secret, settings_.issuer, account.name))};
  wipe(secret.data(), secret.size());
  GW_TRY(shelf_.put(account));
  return offer;
}

void Accounts::retire(Account& account, DisabledCause cause) const {
  account.state = AccountState::disabled;
  account.cause = cause;
  account.invitation.reset();
  account.pending_totp.clear();
  if (tenure_of(account.role) == Tenure::sealed) account.take_credentials();
}

Result<> Accounts::sweep(Told& told) {
  tell_over(sessions_.sweep(clock_->now()), told);
  return sweep_accounts(told);
}

/// The one unused longest goes first, so that of the last ones to administer the box the one seen last stays.
Result<> Accounts::sweep_accounts(Told& told) {
  GW_TRY(auto accounts, shelf_.all());
  std::ranges::sort(accounts, {}, &Account::last_used);
  const auto administers = [](const Account& one) {
    return one.state == AccountState::active && one.role == Role::clinic_admin;
  };
  auto administrators = std::ranges::count_if(accounts, administers);
  for (Account& account : accounts) {
    if (account.state == AccountState::disabled) continue;
    const bool is_over = account.ends != CivilTime{} && now() >= account.ends;
    const bool is_kept =
        tenure_of(account.role) == Tenure::sealed || (administers(account) && administrators == 1);
    const bool is_unused =
        account.state == AccountState::active && now() - account.last_used >= kUnused && !is_kept;
    if (!is_over && !is_unused) continue;
    if (administers(account)) --administrators;
    const AccountState before = account.state;
    retire(account, is_over ? DisabledCause::ended : DisabledCause::unused);
    GW_TRY(shelf_.put(account));
    told.push_back(Event(EventId::account_changed)
                       .add(Field::object, account.name)
                       .add(Field::reason, to_string(account.cause))
                       .add(Field::before, to_string(before))
                       .add(Field::after, to_string(account.state))
                       .add(Field::result, "done"));
    end_sessions(account, SessionEnd::changed, told);
  }
  return Done{};
}

}  // namespace gw::accounts
