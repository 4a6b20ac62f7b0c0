#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account_id.h"
#include "accounts/digest.h"
#include "accounts/lockout.h"
#include "accounts/one_time_code.h"
#include "accounts/role.h"
#include "base/clock.h"

namespace gw::accounts {

/// Where an account stands.
enum class AccountState : std::uint8_t {
  nobody,    ///< the row that is looked at in the place of an unknown name, and written to like any other
  invited,   ///< its owner has a one-time code, and enrols; nobody signs in
  active,    ///< has a password and a second factor
  disabled,  ///< its cause says why
};
enum class DisabledCause : std::uint8_t { none, administrator, unused, ended };

std::string_view to_string(AccountState state);
std::string_view to_string(DisabledCause cause);
std::optional<AccountState> parse_account_state(std::string_view text);
std::optional<DisabledCause> parse_disabled_cause(std::string_view text);

/// One administrator's account, as it is kept. Moments are civil time; zero means none.
struct Account {
  AccountId id{};
  std::string name{};    ///< to sign in with: is_name()
  std::string person{};  ///< whose it is, for people to read
  Role role{};
  AccountState state{};
  DisabledCause cause{};
  std::string password{};                    ///< a PasswordHash's text; empty: none
  std::vector<std::string> former{};         ///< passwords that were, the latest last
  std::vector<std::uint8_t> totp{};          ///< sealed; empty: none
  std::vector<std::uint8_t> pending_totp{};  ///< sealed; shown, and not confirmed yet
  std::uint64_t last_step{};                 ///< of the code used last
  std::optional<Sha256> certificate{};       ///< the client certificate that is a second factor
  std::vector<CodeHash> recovery{};          ///< codes that are left
  std::optional<CodeHash> invitation{};
  CivilTime invited_until{};
  CivilTime made{}, last_used{}, ends{};
  Strikes strikes{};

  bool has_second_factor() const { return !totp.empty() || certificate.has_value(); }
  /// Forgets whatever opens it. Earlier passwords stay known, so that none is taken again.
  void take_credentials();
};

/// The same for people: nothing that opens anything.
struct AccountSummary {
  AccountId id{};
  std::string name{}, person{};
  Role role{};
  AccountState state{};
  DisabledCause cause{};
  bool has_totp = false, has_certificate = false;
  std::size_t recovery_codes = 0;
  CivilTime made{}, last_used{}, ends{}, locked_until{};
};
AccountSummary summary_of(const Account& account);

}  // namespace gw::accounts
