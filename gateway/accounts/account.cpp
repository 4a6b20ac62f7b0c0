#include "accounts/account.h"

#include <algorithm>
#include <iterator>

#include "accounts/password_policy.h"

namespace gw::accounts {
namespace {

constexpr std::string_view kStates[] = {"nobody", "invited", "active", "disabled"};
constexpr std::string_view kCauses[] = {"", "administrator", "unused", "ended"};

template <class E, std::size_t N>
std::optional<E> parse(const std::string_view (&names)[N], std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<E>(found - std::begin(names));
}

}  // namespace

std::string_view to_string(AccountState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view to_string(DisabledCause cause) { return kCauses[static_cast<std::size_t>(cause)]; }
std::optional<AccountState> parse_account_state(std::string_view text) {
  return parse<AccountState>(kStates, text);
}
std::optional<DisabledCause> parse_disabled_cause(std::string_view text) {
  return parse<DisabledCause>(kCauses, text);
}

void Account::take_credentials() {
  if (!password.empty()) former.push_back(std::exchange(password, {}));
  if (former.size() > kKeptPasswords) former.erase(former.begin());
  totp.clear();
  pending_totp.clear();
  certificate.reset();
  recovery.clear();
  invitation.reset();
  invited_until = {};
}

AccountSummary summary_of(const Account& account) {
  return {.id = account.id,
          .name = account.name,
          .person = account.person,
          .role = account.role,
          .state = account.state,
          .cause = account.cause,
          .has_totp = !account.totp.empty(),
          .has_certificate = account.certificate.has_value(),
          .recovery_codes = account.recovery.size(),
          .made = account.made,
          .last_used = account.last_used,
          .ends = account.ends,
          .locked_until = account.strikes.locked_until};
}

}  // namespace gw::accounts
