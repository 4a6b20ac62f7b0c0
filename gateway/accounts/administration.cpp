// What administrators do to the accounts of others. Never to their own: that takes a second person (ADM-03,
// ADM-09).

#include <algorithm>

#include "accounts/accounts.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

std::string until(std::string_view word, CivilTime ends) {
  return std::string(word) + (ends == CivilTime{} ? "" : " until " + to_timestamp(ends));
}

}  // namespace

Result<> Accounts::authorise(const Actor& actor, Operation operation, Told& told) {
  return accounts::authorise(actor, operation, told);
}

Result<bool> Accounts::has_approver() {
  GW_TRY(const auto accounts, shelf_.all());
  return std::ranges::any_of(accounts, [](const Account& one) {
    return one.role == Role::approver && one.state == AccountState::active;
  });
}

/// Approvers are made by approvers: otherwise whoever makes accounts could make himself the second person
/// (ADM-12). Where none is in use, the first one has to come from somewhere.
Result<> Accounts::may_manage(const Actor& actor, Role role, Told& told) {
  if (role != Role::approver) return authorise(actor, Operation::accounts_manage, told);
  if (may(actor.role, Operation::accounts_appoint)) return Done{};
  GW_TRY(const bool has_one, has_approver());
  return authorise(actor, has_one ? Operation::accounts_appoint : Operation::accounts_manage, told);
}

Result<Account> Accounts::subject(const Actor& actor, std::string_view name, Told& told) {
  GW_TRY(Account account, shelf_.find(name));
  GW_TRY(may_manage(actor, account.role, told));
  if (account.id != actor.account) return account;
  told.push_back(told_of(EventId::account_forbidden, actor)
                     .add(Field::object, account.name)
                     .add(Field::reason, "not_by_itself")
                     .add(Field::result, "refused"));
  return Error{ErrorCode::account_not_by_itself};
}

Secret Accounts::invite(Account& account) const {
  Secret code = random_code();
  account.state = AccountState::invited;
  account.cause = DisabledCause::none;
  account.invitation = hash_code(code.view());
  account.invited_until = now() + kInvitation;
  return code;
}

Result<std::vector<AccountSummary>> Accounts::list(const Actor& actor, Told& told) {
  GW_TRY(authorise(actor, Operation::accounts_read, told));
  return known();
}

Result<std::vector<AccountSummary>> Accounts::known() {
  GW_TRY(const auto accounts, shelf_.all());
  std::vector<AccountSummary> out;
  for (const Account& account : accounts) out.push_back(summary_of(account));
  return out;
}

Result<std::vector<Session>> Accounts::sessions(const Actor& actor, Told& told) {
  GW_TRY(authorise(actor, Operation::accounts_read, told));
  tell_over(sessions_.sweep(clock_->now()), told);
  return sessions_.list();
}

Result<Secret> Accounts::create(const Actor& actor, const Draft& draft, Told& told) {
  GW_TRY(may_manage(actor, draft.role, told));
  if (const auto unsuitable = unsuitable_draft(draft)) return *unsuitable;
  if (const auto unsuitable = unsuitable_end(draft.role, draft.ends, now())) return *unsuitable;
  GW_TRY(const auto accounts, shelf_.all());
  if (accounts.size() >= kMost) return Error{ErrorCode::account_full};
  if (std::ranges::find(accounts, draft.name, &Account::name) != accounts.end())
    return Error{ErrorCode::account_exists, draft.name};
  Account account;
  account.name = draft.name;
  account.person = draft.person;
  account.role = draft.role;
  account.ends = draft.ends;
  account.made = now();
  Secret code = invite(account);
  GW_TRY(shelf_.put(account));
  told.push_back(told_of(EventId::account_created, actor)
                     .add(Field::object, account.name)
                     .add(Field::after, to_string(account.role))
                     .add(Field::result, "done"));
  return code;
}

Result<> Accounts::change_role(const Actor& actor, std::string_view name, Role role, CivilTime ends,
                               Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  GW_TRY(may_manage(actor, role, told));
  if (const auto unsuitable = unsuitable_end(role, ends, now())) return *unsuitable;
  if (tenure_of(account.role) == Tenure::sealed || tenure_of(role) == Tenure::sealed)
    return Error{ErrorCode::account_unsuitable, "the emergency account is made as one, and stays one"};
  const std::string before = until(to_string(account.role), account.ends);
  account.role = role;
  account.ends = ends;
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "role", before, until(to_string(role), ends)));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

Result<> Accounts::disable(const Actor& actor, std::string_view name, Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  const AccountState before = account.state;
  retire(account, DisabledCause::administrator);
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "state", to_string(before), to_string(account.state)));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

Result<> Accounts::enable(const Actor& actor, std::string_view name, CivilTime ends, Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  if (const auto unsuitable = unsuitable_end(account.role, ends, now())) return *unsuitable;
  if (tenure_of(account.role) == Tenure::sealed)
    return Error{ErrorCode::account_unsuitable, "the emergency account is reset, and begins anew"};
  if (account.password.empty() || !account.has_second_factor())
    return Error{ErrorCode::account_unsuitable, "nothing is left to sign in with; reset it"};
  const std::string before = until(to_string(account.state), account.ends);
  account.state = AccountState::active;
  account.cause = DisabledCause::none;
  account.ends = ends;
  account.last_used = now();
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "state", before, until(to_string(account.state), ends)));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

Result<> Accounts::unlock(const Actor& actor, std::string_view name, Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  const bool was_locked = account.strikes.is_locked(now());
  account.strikes = {};
  GW_TRY(shelf_.put(account));
  told.push_back(told_of(EventId::account_unlocked, actor)
                     .add(Field::object, account.name)
                     .add(Field::before, was_locked ? "locked" : "open")
                     .add(Field::after, "open")
                     .add(Field::result, "done"));
  return Done{};
}

Result<Secret> Accounts::reset(const Actor& actor, std::string_view name, Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  if (tenure_of(account.role) == Tenure::dated && now() >= account.ends)
    return Error{ErrorCode::account_unsuitable, "its time is over; give it another role or end first"};
  const AccountState before = account.state;
  account.take_credentials();
  if (tenure_of(account.role) == Tenure::sealed) account.ends = {};
  account.strikes = {};
  Secret code = invite(account);
  GW_TRY(shelf_.put(account));
  told.push_back(told_of(EventId::account_reset, actor)
                     .add(Field::object, account.name)
                     .add(Field::before, to_string(before))
                     .add(Field::after, to_string(account.state))
                     .add(Field::result, "done"));
  end_sessions(account, SessionEnd::changed, told);
  return code;
}

Result<> Accounts::bind_certificate(const Actor& actor, std::string_view name,
                                    const std::optional<Sha256>& certificate, Told& told) {
  GW_TRY(Account account, subject(actor, name, told));
  GW_TRY(const auto accounts, shelf_.all());
  const bool is_taken = std::ranges::any_of(accounts, [&](const Account& other) {
    return certificate && other.id != account.id && other.certificate == certificate;
  });
  if (is_taken) return Error{ErrorCode::account_unsuitable, "the certificate is another account's"};
  if (!certificate && account.state == AccountState::active && account.totp.empty())
    return Error{ErrorCode::account_unsuitable, "no second factor would be left; reset it"};
  const auto text = [](const std::optional<Sha256>& one) { return one ? to_hex(*one) : std::string("none"); };
  const auto before = std::exchange(account.certificate, certificate);
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "certificate", text(before), text(certificate)));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

Result<> Accounts::end_session(const Actor& actor, std::string_view session, Told& told) {
  GW_TRY(authorise(actor, Operation::accounts_manage, told));
  const auto over = sessions_.end(session, SessionEnd::forced);
  if (!over) return Error{ErrorCode::account_session_ended};
  told.push_back(told_of(EventId::account_session_ended, actor)
                     .add(Field::object, over->session.account_name + "/" + over->session.name)
                     .add(Field::reason, to_string(over->end))
                     .add(Field::result, "done"));
  return Done{};
}

Result<> Accounts::end_sessions_of(const Actor& actor, std::string_view name, Told& told) {
  GW_TRY(authorise(actor, Operation::accounts_manage, told));
  GW_TRY(const Account account, shelf_.find(name));
  for (const auto& over : sessions_.end_all_of(account.id, SessionEnd::forced))
    told.push_back(told_of(EventId::account_session_ended, actor)
                       .add(Field::object, account.name + "/" + over.session.name)
                       .add(Field::reason, to_string(over.end))
                       .add(Field::result, "done"));
  return Done{};
}

}  // namespace gw::accounts
