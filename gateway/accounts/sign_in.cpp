// Who signs in, and who is meant by a token.

#include "accounts/accounts.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

std::string_view factor_of(const Proof& proof) {
  if (proof.has_certificate) return "certificate";
  return proof.step ? "totp" : "recovery_code";
}

/// The weakest one that suffices is used up: with the certificate no code counts.
void use_up(Account& account, const Proof& proof) {
  if (proof.has_certificate) return;
  if (proof.step) {
    account.last_step = *proof.step;
    return;
  }
  account.recovery.erase(account.recovery.begin() + static_cast<std::ptrdiff_t>(*proof.recovery_code));
}

std::chrono::seconds left_of(const Account& account, CivilTime now) {
  if (account.ends == CivilTime{}) return Sessions::kLongest;
  return std::chrono::floor<std::chrono::seconds>(account.ends - now);
}

}  // namespace

Result<SignedIn> Accounts::sign_in(const Claim& claim, const Visitor& visitor, Told& told) {
  GW_TRY(turn_away_locked(visitor));
  GW_TRY(sweep(told));
  GW_TRY(Account account, shelf_.find_or_nobody(to_lower(claim.name)));
  const Proof proof = examiner_.examine(account, claim, visitor, now());
  if (const auto refusal = judge(account, proof, claim, now()))
    return refuse(account, *refusal, visitor, told);
  use_up(account, proof);
  account.strikes = {};
  account.last_used = now();
  const bool is_emergency = tenure_of(account.role) == Tenure::sealed;
  if (is_emergency && account.ends == CivilTime{}) account.ends = now() + kEmergency;
  if (PasswordHash::parse(account.password)->cost != settings_.cost)
    account.password = hash_password(claim.password, settings_.cost).to_text();
  GW_TRY(shelf_.put(account));  // before anybody is in: a code that counted must not count again
  Session draft;
  draft.account = account.id;
  draft.account_name = account.name;
  draft.role = account.role;
  draft.visitor = visitor;
  auto opened = sessions_.open(std::move(draft), clock_->now(), now(), left_of(account, now()));
  tell_over(opened.over, told);
  const Actor actor{account.id, account.name, account.role, visitor, opened.session.name};
  Event event = told_of(EventId::account_signed_in, actor).add(Field::detail, factor_of(proof));
  if (const auto turned_away = sources_.take_turned_away(visitor.address))
    event.add(Field::count, turned_away);
  told.push_back(event.add(Field::result, "done"));
  if (is_emergency)
    told.push_back(
        told_of(EventId::account_emergency, actor).add(Field::detail, "until " + to_timestamp(account.ends)));
  std::string csrf = *sessions_.csrf_of(opened.token.view());
  return SignedIn{std::move(opened.token), std::move(opened.session), std::move(csrf),
                  account.recovery.size()};
}

Result<Actor> Accounts::authenticate(std::string_view token, const Visitor& visitor, Told& told,
                                     Presence presence) {
  auto found = sessions_.find(token, visitor, clock_->now(), presence);
  if (found.over) tell_over({&*found.over, 1}, told);
  if (!found.session) return Error{ErrorCode::account_session_ended};
  const Session& session = *found.session;
  return Actor{session.account, session.account_name, session.role, session.visitor, session.name};
}

void Accounts::sign_out(const Actor& actor, Told& told) {
  if (const auto over = sessions_.end(actor.session, SessionEnd::signed_out)) tell_over({&*over, 1}, told);
}

}  // namespace gw::accounts
