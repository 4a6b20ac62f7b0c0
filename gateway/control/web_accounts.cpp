// What administrators do about the accounts of others, and see of who is signed in.

#include "base/json.h"
#include "base/text.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

using accounts::AccountSummary;
using accounts::Role;

/// The contract has let only roles pass.
Role role_in(std::string_view text) {
  const auto role = accounts::parse_role(text);
  GW_CHECK(role, "a value that passed its check");
  return *role;
}

std::string json_of(const AccountSummary& account) {
  JsonObject out;
  out.text("name", account.name)
      .text("person", account.person)
      .text("role", accounts::to_string(account.role))
      .text("state", accounts::to_string(account.state));
  if (account.cause != accounts::DisabledCause::none) out.text("cause", accounts::to_string(account.cause));
  out.flag("has_totp", account.has_totp)
      .flag("has_certificate", account.has_certificate)
      .number("recovery_codes", account.recovery_codes)
      .text("made", time_text(account.made));
  add_time(out, "last_used", account.last_used);
  add_time(out, "ends", account.ends);
  add_time(out, "locked_until", account.locked_until);
  return out.take();
}

std::string json_of(const accounts::Session& session) {
  return JsonObject()
      .text("session", session.name)
      .text("account", session.account_name)
      .text("role", accounts::to_string(session.role))
      .text("source", session.visitor.to_text())
      .text("began", time_text(session.began))
      .take();
}

template <class Things>
WebAnswer listed(std::string_view key, const Things& things) {
  std::vector<std::string> out;
  for (const auto& thing : things) out.push_back(json_of(thing));
  return {.json = JsonObject().raw(key, json_list(out)).take()};
}

}  // namespace

std::optional<accounts::Sha256> digest_in(std::string_view hex) {
  const auto octets = from_hex(hex);
  accounts::Sha256 out{};
  if (!octets || octets->size() != out.size()) return std::nullopt;
  std::copy(octets->begin(), octets->end(), out.begin());
  return out;
}

std::string time_text(CivilTime time) { return to_timestamp(time); }

WebAnswer invitation_of(std::string_view name, const Secret& code) {
  return {.json = JsonObject().text("name", name).text("code", code.view()).take()};
}

Result<WebAnswer> accounts_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.accounts.list(ask.actor, ask.told));
  return listed("accounts", all);
}

Result<WebAnswer> accounts_create(const WebAsk& ask, const WebAround& around) {
  const accounts::Draft draft{std::string(ask.text(0)), std::string(ask.text(1)), role_in(ask.text(2)),
                              ask.time(3)};
  GW_TRY(const Secret code, around.accounts.create(ask.actor, draft, ask.told));
  return invitation_of(draft.name, code);
}

Result<WebAnswer> accounts_role(const WebAsk& ask, const WebAround& around) {
  return nothing(
      around.accounts.change_role(ask.actor, ask.text(0), role_in(ask.text(1)), ask.time(2), ask.told));
}

Result<WebAnswer> accounts_disable(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.disable(ask.actor, ask.text(0), ask.told));
}

Result<WebAnswer> accounts_enable(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.enable(ask.actor, ask.text(0), ask.time(1), ask.told));
}

Result<WebAnswer> accounts_unlock(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.unlock(ask.actor, ask.text(0), ask.told));
}

Result<WebAnswer> accounts_reset(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Secret code, around.accounts.reset(ask.actor, ask.text(0), ask.told));
  return invitation_of(ask.text(0), code);
}

Result<WebAnswer> accounts_certificate(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.bind_certificate(ask.actor, ask.text(0), digest_in(ask.text(1)), ask.told));
}

Result<WebAnswer> accounts_sessions_end(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.end_sessions_of(ask.actor, ask.text(0), ask.told));
}

Result<WebAnswer> sessions_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.accounts.sessions(ask.actor, ask.told));
  return listed("sessions", all);
}

Result<WebAnswer> sessions_end(const WebAsk& ask, const WebAround& around) {
  const Result<> ended = around.accounts.end_session(ask.actor, ask.text(0), ask.told);
  // Of somebody else's session it means that there is none: the asker's own stands.
  if (!ended && ended.error().code == ErrorCode::account_session_ended)
    return Error{ErrorCode::account_unknown, "there is no such session"};
  return nothing(ended);
}

}  // namespace gw::control::web
