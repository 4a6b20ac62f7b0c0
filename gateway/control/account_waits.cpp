#include "control/account_waits.h"

#include <algorithm>

#include "accounts/permissions.h"

namespace gw::control {
namespace {

bool is_emergency(const accounts::AccountSummary& one) {
  return accounts::tenure_of(one.role) == accounts::Tenure::sealed && one.ends != CivilTime{} &&
         one.state == accounts::AccountState::active;
}

/// Since the first account where it was never done.
Result<bool> is_stock_due(const std::vector<accounts::AccountSummary>& all, const WebAround& around) {
  if (all.empty()) return false;
  GW_TRY(const auto taken, stock_taken(around));
  const CivilTime since = taken.value_or(std::ranges::min(all, {}, &accounts::AccountSummary::made).made);
  return around.clock.civil_now() - since >= kStockTakeEach;
}

}  // namespace

Result<std::optional<CivilTime>> stock_taken(const WebAround& around) {
  GW_TRY(const auto kept, around.store.keepsake(kStockTaken));
  const auto taken = kept ? api::parse_time(*kept) : std::nullopt;
  return taken ? std::optional(CivilTime(*taken)) : std::nullopt;
}

Result<std::vector<std::string>> account_waits(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.accounts.known());
  std::vector<std::string> out;
  for (const accounts::AccountSummary& one : all)
    if (is_emergency(one)) out.push_back("account.emergency:" + one.name);
  if (!accounts::may(ask.actor.role, accounts::Operation::accounts_manage)) return out;
  GW_TRY(const bool is_due, is_stock_due(all, around));
  if (is_due) out.emplace_back("account.stock_take");
  return out;
}

}  // namespace gw::control
