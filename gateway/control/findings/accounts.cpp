// Administrators (ADM-01 to ADM-07, EMG-01).

#include "accounts/accounts.h"

#include <algorithm>

#include "control/account_waits.h"
#include "control/findings/observed.h"

namespace gw::control::findings {
namespace {

using accounts::AccountState;
using accounts::AccountSummary;
using accounts::Role;

bool is_in_use(const AccountSummary& one) { return one.state == AccountState::active; }

std::string factor_of(const AccountSummary& one) {
  if (one.has_totp && one.has_certificate) return "TOTP, X.509";
  if (one.has_totp) return "TOTP";
  return one.has_certificate ? "X.509" : "—";
}

std::string rights_of(Role role) {
  std::string out;
  for (std::size_t i = 0; i < accounts::kOperations; ++i) {
    const auto operation = static_cast<accounts::Operation>(i);
    if (accounts::may(role, operation))
      out.append(out.empty() ? "" : ", ").append(accounts::japanese_of(operation));
  }
  return out;
}

}  // namespace

Result<Finding> accounts_factors(const Observed& seen) {
  GW_TRY(const auto known, seen.around.accounts.known());
  const auto used = static_cast<std::size_t>(std::ranges::count_if(known, is_in_use));
  const auto bare = static_cast<std::size_t>(std::ranges::count_if(known, [](const AccountSummary& one) {
    return is_in_use(one) && !one.has_totp && !one.has_certificate;
  }));
  if (used == 0) return Draft(State::unknown).say(Text::first_open).take();
  Draft out(State::shown);
  if (bare == 0) out.say(Text::factors_all, {text_of(used)});
  if (bare != 0) out.say(State::attention, Text::factors_missing, {text_of(bare)});
  out.columns({Text::col_account, Text::col_role, Text::col_standing, Text::col_factor});
  for (const AccountSummary& one : known)
    out.row({one.name, std::string(accounts::japanese_of(one.role)), shown(to_string(one.state)),
             factor_of(one)});
  return out.of_records(seen).take();
}

Result<Finding> accounts_passwords(const Observed&) {
  return Draft(State::by_design)
      .say(Text::passwords_told)
      .source(Text::src_software, "ADM-02, ADM-10")
      .take();
}

Result<Finding> accounts_lock(const Observed& seen) {
  GW_TRY(const Lately locks, lately(seen, EventId::account_locked));
  GW_TRY(const std::string since, watched_since(seen));
  Draft out(State::by_design);
  out.say(Text::locks_told, {count_text(locks.count), since});
  out.columns({Text::col_when, Text::col_address});
  for (const audit::Record& one : locks.newest) out.row({time_of(one.time), text_in(one, Field::source)});
  return out.left_out(locks.count - locks.newest.size()).of_records(seen).take();
}

Result<Finding> accounts_first_password(const Observed& seen) {
  const bool is_changed = seen.around.accounts.is_bootstrapped();
  return Draft(is_changed ? State::shown : State::attention)
      .say(is_changed ? Text::first_changed : Text::first_open)
      .of_records(seen)
      .take();
}

Result<Finding> accounts_sessions(const Observed&) {
  return Draft(State::by_design).say(Text::sessions_told).source(Text::src_software, "ADM-05").take();
}

Result<Finding> accounts_roles(const Observed& seen) {
  GW_TRY(const auto known, seen.around.accounts.known());
  Draft out(State::by_design);
  out.say(Text::roles_told);
  out.columns({Text::col_role, Text::col_count, Text::col_rights});
  for (std::size_t i = 0; i < accounts::kRoles; ++i) {
    const auto role = static_cast<Role>(i);
    const auto many = std::ranges::count_if(
        known, [&](const AccountSummary& one) { return is_in_use(one) && one.role == role; });
    out.row({std::string(accounts::japanese_of(role)), std::to_string(many), rights_of(role)});
  }
  return out.source(Text::src_software, "ADM-06").take();
}

Result<Finding> accounts_stock_take(const Observed& seen) {
  GW_TRY(const auto taken, stock_taken(seen.around));
  if (!taken) return Draft(State::attention).say(Text::stock_never).of_records(seen).take();
  const bool is_old = seen.now - *taken >= kStockTakeEach;
  return Draft(is_old ? State::attention : State::shown)
      .say(is_old ? Text::stock_old : Text::stock_taken, {time_of(*taken)})
      .of_records(seen)
      .take();
}

/// Its end begins to run with its first use; one that ended or never began opens nothing.
Result<Finding> accounts_emergency(const Observed& seen) {
  GW_TRY(const auto known, seen.around.accounts.known());
  Draft out(State::shown);
  bool is_any = false;
  for (const AccountSummary& one : known) {
    if (one.role != Role::break_glass) continue;
    is_any = true;
    if (!is_in_use(one)) out.say(State::attention, Text::emergency_dead);
    if (is_in_use(one) && one.ends == CivilTime{}) out.say(Text::emergency_kept);
    if (is_in_use(one) && one.ends != CivilTime{}) out.say(State::attention, Text::emergency_used);
    if (one.last_used != CivilTime{}) out.say(Text::emergency_once, {time_of(one.last_used)});
  }
  if (!is_any) return Draft(State::unknown).say(Text::emergency_none).of_records(seen).take();
  return out.of_records(seen).take();
}

}  // namespace gw::control::findings
