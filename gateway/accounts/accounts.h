#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.h"
#include "accounts/draft.h"
#include "accounts/password.h"
#include "accounts/permissions.h"
#include "accounts/proof.h"
#include "accounts/session.h"
#include "accounts/shelf.h"

namespace gw::accounts {

struct Settings {
  PasswordCost cost = kPasswordCost;
  std::string issuer = "Sekisho";         ///< as the authenticator app shows it
  std::vector<std::string> site_names{};  ///< no password holds one of them
};

/// What the owner of an account is shown while enrolling, once.
struct Offer {
  Secret totp_secret{};  ///< base32
  Secret totp_uri{};     ///< for a QR code
};
struct SignedIn {
  Secret token{};
  Session session{};
  std::string csrf{};
  std::size_t recovery_codes = 0;  ///< left
};

/// The administrators of the box (ADM-01 to ADM-07, ADM-09, EMG-01): their accounts in a database, their
/// sessions in memory. Every act says in `told` what belongs into the record chain, also when it failed. One
/// thread; a sign-in costs one Argon2id run, a change of password up to six.
/// Records that a stranger can provoke are bounded for each source, not over all of them: that is up to
/// whoever lets strangers come this far.
///
/// Errors that many acts share: account.forbidden (the role does not allow it), account.not_by_itself (a
/// second administrator is needed), account.unknown, store.*. To whoever is not signed in there is one
/// refusal, account.refused, in equal work whatever the reason; and account.locked for a source that failed
/// too often, whose attempts are not looked at at all.
class Accounts {
 public:
  static constexpr std::size_t kMost = 200;
  static constexpr std::chrono::hours kInvitation{72};
  static constexpr std::chrono::days kUnused{60};      ///< ADM-07
  static constexpr std::chrono::hours kEmergency{12};  ///< EMG-01

  /// `database` has the tables of schema.h and outlives it, as does `clock`. `bootstrap`: of the secret on
  /// the box's label (ADM-04); the first one that was ever handed in counts. store.damaged.
  static Result<Accounts> open(store::Database& database, const Clock& clock, Seal seal, Settings settings,
                               const std::optional<CodeHash>& bootstrap);

  // ---- the box's own, asked for by nobody

  /// Names that no password holds from now on (ADM-02).
  void name_site(std::vector<std::string> names) { settings_.site_names = std::move(names); }
  /// All of them, for what the box itself has to know.
  Result<std::vector<AccountSummary>> known();

  // ---- before there is anybody

  /// Somebody has enrolled with the box's own secret, which is of no use any more.
  bool is_bootstrapped() const { return is_bootstrapped_; }
  /// The box has such a secret, and nobody has: it is to let nothing through (ADM-04).
  bool awaits_claim() const { return has_label_ && !is_bootstrapped_; }
  /// Whoever stands before the box and has its secret names its first administrator, who enrols with that
  /// secret as his code. May be done again, with another name, until he has. account.refused, account.locked,
  /// account.unsuitable.
  Result<> claim_box(std::string_view secret, const Draft& first, const Visitor& visitor, Told& told);

  // ---- before somebody is signed in

  /// A new secret for an authenticator app, for whoever has the one-time code; the one shown before is void.
  Result<Offer> begin_enrolment(std::string_view name, std::string_view code, const Visitor& visitor,
                                Told& told);
  /// The account is in use from now on, and its recovery codes are returned, for this once. `proof`: a code
  /// of the app; empty if the client certificate that was bound to the account is shown.
  /// account.weak_password, whose detail is the id of a PasswordRefusal.
  Result<std::vector<Secret>> finish_enrolment(std::string_view name, std::string_view code,
                                               std::string_view password, std::string_view proof,
                                               const Visitor& visitor, Told& told);
  Result<SignedIn> sign_in(const Claim& claim, const Visitor& visitor, Told& told);
  /// Whose token it is. account.session_ended.
  Result<Actor> authenticate(std::string_view token, const Visitor& visitor, Told& told,
                             Presence presence = Presence::himself);
  /// Nothing if there is no such session.
  std::optional<std::string> csrf_of(std::string_view token) const { return sessions_.csrf_of(token); }
  bool is_csrf_of(std::string_view token, std::string_view csrf) const {
    return sessions_.is_csrf_of(token, csrf);
  }

  // ---- one's own

  void sign_out(const Actor& actor, Told& told);
  /// Ends all sessions of the account, this one too. A wrong `password` is account.refused, here and below.
  Result<> change_password(const Actor& actor, std::string_view password, std::string_view next, Told& told);
  Result<std::vector<Secret>> renew_recovery_codes(const Actor& actor, std::string_view password, Told& told);
  Result<Offer> offer_totp(const Actor& actor, std::string_view password, Told& told);
  /// The new app instead of the old one, once it has shown a right code. Ends all sessions of the account.
  Result<> confirm_totp(const Actor& actor, std::string_view code, Told& told);

  // ---- others'

  /// account.forbidden, and a record of it, if the role may not.
  Result<> authorise(const Actor& actor, Operation operation, Told& told);
  Result<std::vector<AccountSummary>> list(const Actor& actor, Told& told);
  Result<std::vector<Session>> sessions(const Actor& actor, Told& told);
  /// The one-time code of its owner, good for kInvitation. account.exists_already, account.unsuitable,
  /// account.full.
  Result<Secret> create(const Actor& actor, const Draft& draft, Told& told);
  /// Neither to nor from a sealed role. account.unsuitable.
  Result<> change_role(const Actor& actor, std::string_view name, Role role, CivilTime ends, Told& told);
  /// A sealed account loses what opens it: its secret is another one the next time (EMG-01).
  Result<> disable(const Actor& actor, std::string_view name, Told& told);
  /// A dated one gets `ends`, also to make it longer. account.unsuitable if nothing is left to sign in with,
  /// and of the emergency account, whose twelve hours nobody lengthens: reset these.
  Result<> enable(const Actor& actor, std::string_view name, CivilTime ends, Told& told);
  Result<> unlock(const Actor& actor, std::string_view name, Told& told);
  /// Takes password, second factor and recovery codes away (ADM-09); its owner, whose person the second
  /// administrator has made sure of, enrols anew with the code returned.
  Result<Secret> reset(const Actor& actor, std::string_view name, Told& told);
  /// The client certificate that is the account's second factor. account.unsuitable if another one has it, or
  /// if none would be left of an account in use.
  Result<> bind_certificate(const Actor& actor, std::string_view name,
                            const std::optional<Sha256>& certificate, Told& told);
  Result<> end_session(const Actor& actor, std::string_view session, Told& told);
  Result<> end_sessions_of(const Actor& actor, std::string_view name, Told& told);

  /// What time has brought: sessions over, accounts unused for too long or past their end. Now and then;
  /// whoever signs in is judged after it in any case. The last clinic_admin in use is never disabled for want
  /// of use.
  Result<> sweep(Told& told);

 private:
  Accounts(store::Database& database, const Clock& clock, Seal seal, Settings settings)
      : shelf_(database),
        clock_(&clock),
        settings_(std::move(settings)),
        examiner_(std::move(seal), settings_.cost) {}

  CivilTime now() const { return clock_->civil_now(); }
  std::vector<std::string> names_beside(const Account& account) const;

  // accounts.cpp
  void tell_over(std::span<const Sessions::Over> over, Told& told) const;
  void end_sessions(const Account& account, SessionEnd why, Told& told);
  Result<> turn_away_locked(const Visitor& visitor);
  Error refuse(Account& account, Refusal why, const Visitor& visitor, Told& told);
  void strike(Account& account, const Visitor& visitor, Told& told);
  Result<Account> own(const Actor& actor, std::string_view password, Told& told);
  std::optional<Error> weakness(std::string_view password, const Account& account) const;
  void set_password(Account& account, std::string_view password) const;
  Result<Offer> offer_for(Account& account);
  Result<> sweep_accounts(Told& told);
  void retire(Account& account, DisabledCause cause) const;

  // enrolment.cpp
  Result<Account> admit_invited(std::string_view name, std::string_view code, const Visitor& visitor,
                                Told& told);
  std::optional<Refusal> judge_invited(const Account& account, std::string_view code,
                                       const Visitor& visitor) const;
  Result<bool> note_bootstrap(const Account& account);

  // administration.cpp
  Result<Account> subject(const Actor& actor, std::string_view name, Told& told);
  Result<> may_manage(const Actor& actor, Role role, Told& told);
  Result<bool> has_approver();
  Secret invite(Account& account) const;

  Shelf shelf_;
  const Clock* clock_;
  Settings settings_;
  Examiner examiner_;
  Sessions sessions_{};
  Sources sources_{};
  bool has_label_ = false;
  bool is_bootstrapped_ = false;
};

}  // namespace gw::accounts
