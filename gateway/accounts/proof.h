#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "accounts/account.h"
#include "accounts/password_hash.h"
#include "accounts/refusal.h"
#include "accounts/seal.h"
#include "accounts/visitor.h"

namespace gw::accounts {

/// What somebody shows to sign in. Views that outlive the call.
struct Claim {
  std::string_view name{};
  std::string_view password{};
  std::string_view code{};  ///< of an app, or a recovery code; empty with a client certificate
};

/// What a claim has proved, before anybody says what follows from it.
struct Proof {
  bool is_readable = true;
  bool has_password = false;
  bool has_certificate = false;
  std::optional<std::uint64_t> step{};  ///< of a code that has not counted yet
  bool has_used_code = false;
  std::optional<std::size_t> recovery_code{};  ///< its place

  bool has_second_factor() const { return has_certificate || step || recovery_code; }
};

/// What stands in for what an account does not have, so that each examination does the same work: one
/// Argon2id run, one opening of a seal, three codes, ten recovery codes (ADM-03).
class Examiner {
 public:
  Examiner(Seal seal, PasswordCost cost);

  Proof examine(const Account& account, const Claim& claim, const Visitor& visitor, CivilTime now) const;
  /// One Argon2id run, whether there is a password or not.
  bool has_password(const Account& account, std::string_view password, bool* is_readable = nullptr) const;
  /// Of the second factor that was shown and is not confirmed yet.
  std::optional<std::uint64_t> pending_step(const Account& account, std::string_view code,
                                            CivilTime now) const;

  const Seal& seal() const { return seal_; }
  PasswordCost cost() const { return cost_; }

 private:
  Seal seal_;
  PasswordCost cost_;
  PasswordHash decoy_password_;
  std::vector<std::uint8_t> decoy_totp_;
};

/// Nothing: he is who he says, and may sign in now (ADM-01). The first of what speaks against it otherwise.
std::optional<Refusal> judge(const Account& account, const Proof& proof, const Claim& claim, CivilTime now);

}  // namespace gw::accounts
