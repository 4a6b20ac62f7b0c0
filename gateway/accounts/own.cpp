// What administrators change of their own accounts.

#include "accounts/accounts.h"
#include "accounts/recovery_codes.h"

namespace gw::accounts {

Result<> Accounts::change_password(const Actor& actor, std::string_view password, std::string_view next,
                                   Told& told) {
  GW_TRY(Account account, own(actor, password, told));
  if (auto weak = weakness(next, account)) return *std::move(weak);
  set_password(account, next);
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "password", "", ""));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

Result<std::vector<Secret>> Accounts::renew_recovery_codes(const Actor& actor, std::string_view password,
                                                           Told& told) {
  GW_TRY(Account account, own(actor, password, told));
  const std::size_t before = account.recovery.size();
  RecoveryCodes made = make_recovery_codes();
  account.recovery = std::move(made.hashes);
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "recovery_codes", std::to_string(before),
                             std::to_string(account.recovery.size())));
  return std::move(made.codes);
}

Result<Offer> Accounts::offer_totp(const Actor& actor, std::string_view password, Told& told) {
  GW_TRY(Account account, own(actor, password, told));
  return offer_for(account);
}

/// The offer was made for the password; without one there is nothing that a code could fit.
Result<> Accounts::confirm_totp(const Actor& actor, std::string_view code, Told& told) {
  GW_TRY(authorise(actor, Operation::account_own, told));
  GW_TRY(turn_away_locked(actor.visitor));
  GW_TRY(Account account, shelf_.find(actor.account));
  const auto step = examiner_.pending_step(account, code, now());
  if (account.state != AccountState::active || account.strikes.is_locked(now()) || !step)
    return refuse(account, Refusal::wrong_code, actor.visitor, told);
  const bool had_one = !account.totp.empty();
  account.totp = std::exchange(account.pending_totp, {});
  account.last_step = *step;
  GW_TRY(shelf_.put(account));
  told.push_back(told_change(actor, account.name, "totp", had_one ? "there" : "none", "another"));
  end_sessions(account, SessionEnd::changed, told);
  return Done{};
}

}  // namespace gw::accounts
