#include "accounts/proof.h"

#include "accounts/password.h"
#include "accounts/random.h"
#include "accounts/recovery_codes.h"
#include "accounts/totp.h"

namespace gw::accounts {

Examiner::Examiner(Seal seal, PasswordCost cost)
    : seal_(std::move(seal)),
      cost_(cost),
      decoy_password_(hash_password("nobody's", cost)),
      decoy_totp_(seal_.close(make_totp_secret(), 0)) {}

bool Examiner::has_password(const Account& account, std::string_view password, bool* is_readable) const {
  const auto kept = PasswordHash::parse(account.password);
  if (is_readable != nullptr && !kept && !account.password.empty()) *is_readable = false;
  const bool fits = matches(kept ? *kept : decoy_password_, password);
  return kept && fits;
}

Proof Examiner::examine(const Account& account, const Claim& claim, const Visitor& visitor,
                        CivilTime now) const {
  Proof proof;
  proof.has_password = has_password(account, claim.password, &proof.is_readable);
  const bool has_totp = !account.totp.empty();
  const auto opened = seal_.open(has_totp ? account.totp : decoy_totp_, has_totp ? account.id.number() : 0);
  if (!opened) proof.is_readable = false;
  const Bytes secret = opened ? as_bytes(opened->view()) : Bytes();
  const auto fresh = find_totp_step(secret, claim.code, now, account.last_step);
  const auto any = find_totp_step(secret, claim.code, now, 0);
  if (has_totp && opened) {
    proof.step = fresh;
    proof.has_used_code = any && !fresh;
  }
  proof.recovery_code = find_recovery_code(account.recovery, claim.code);
  proof.has_certificate = account.certificate && visitor.certificate == account.certificate;
  return proof;
}

std::optional<std::uint64_t> Examiner::pending_step(const Account& account, std::string_view code,
                                                    CivilTime now) const {
  if (account.pending_totp.empty()) return std::nullopt;
  const auto opened = seal_.open(account.pending_totp, account.id.number());
  if (!opened) return std::nullopt;
  return find_totp_step(as_bytes(opened->view()), code, now, 0);
}

std::optional<Refusal> judge(const Account& account, const Proof& proof, const Claim& claim, CivilTime now) {
  if (account.state == AccountState::nobody) return Refusal::unknown_name;
  if (account.strikes.is_locked(now)) return Refusal::locked;
  if (account.state == AccountState::disabled) return Refusal::disabled;
  if (account.state != AccountState::active) return Refusal::not_enrolled;
  if (!proof.is_readable) return Refusal::unreadable;
  if (!proof.has_password) return Refusal::wrong_password;
  if (proof.has_second_factor()) return std::nullopt;
  if (proof.has_used_code) return Refusal::used_code;
  return claim.code.empty() ? Refusal::no_second_factor : Refusal::wrong_code;
}

}  // namespace gw::accounts
