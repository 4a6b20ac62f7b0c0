// What administrators ask about themselves: who they are, their credentials, their accounts' beginning.

#include "base/json.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

using ipc::web::Token;

/// Ids of what the role may ask for at most.
std::vector<std::string> rights_of(accounts::Role role) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < accounts::kOperations; ++i)
    if (const auto one = static_cast<accounts::Operation>(i); accounts::may(role, one))
      out.emplace_back(accounts::to_string(one));
  return out;
}

JsonObject session_json(std::string_view account, accounts::Role role, std::string_view session,
                        std::string_view csrf) {
  JsonObject out;
  out.text("account", account)
      .text("role", accounts::to_string(role))
      .text("session", session)
      .text("csrf", csrf)
      .raw("may", json_texts(rights_of(role)));
  return out;
}

}  // namespace

WebAnswer codes_of(const std::vector<Secret>& codes) {
  std::vector<std::string> texts;
  for (const Secret& code : codes) texts.emplace_back(code.view());
  WebAnswer answer{.json = JsonObject().raw("codes", json_texts(texts)).take()};
  for (std::string& text : texts) wipe(text.data(), text.size());
  return answer;
}

WebAnswer offer_of(const accounts::Offer& offer) {
  return {.json = JsonObject()
                      .text("totp_secret", offer.totp_secret.view())
                      .text("totp_uri", offer.totp_uri.view())
                      .take()};
}

Result<WebAnswer> session_open(const WebAsk& ask, const WebAround& around) {
  GW_TRY(accounts::SignedIn in,
         around.accounts.sign_in({ask.text(0), ask.text(1), ask.text(2)}, ask.visitor, ask.told));
  JsonObject out = session_json(in.session.account_name, in.session.role, in.session.name, in.csrf);
  out.number("recovery_codes", in.recovery_codes);
  return WebAnswer{out.take(), Token::given, std::move(in.token)};
}

Result<WebAnswer> session_show(const WebAsk& ask, const WebAround& around) {
  const std::string csrf = around.accounts.csrf_of(ask.token).value_or("");
  return WebAnswer{.json = session_json(ask.actor.name, ask.actor.role, ask.actor.session, csrf).take()};
}

Result<WebAnswer> session_close(const WebAsk& ask, const WebAround& around) {
  around.accounts.sign_out(ask.actor, ask.told);
  return nothing(Done{}, Token::taken);
}

Result<WebAnswer> enrolment_begin(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto offer, around.accounts.begin_enrolment(ask.text(0), ask.text(1), ask.visitor, ask.told));
  return offer_of(offer);
}

Result<WebAnswer> enrolment_finish(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto codes, around.accounts.finish_enrolment(ask.text(0), ask.text(1), ask.text(2),
                                                            ask.text(3), ask.visitor, ask.told));
  return codes_of(codes);
}

Result<WebAnswer> box_claim(const WebAsk& ask, const WebAround& around) {
  const accounts::Draft first{
      std::string(ask.text(1)), std::string(ask.text(2)), accounts::Role::clinic_admin, {}};
  return nothing(around.accounts.claim_box(ask.text(0), first, ask.visitor, ask.told));
}

Result<WebAnswer> account_password(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.change_password(ask.actor, ask.text(0), ask.text(1), ask.told),
                 Token::taken);
}

Result<WebAnswer> account_codes(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto codes, around.accounts.renew_recovery_codes(ask.actor, ask.text(0), ask.told));
  return codes_of(codes);
}

Result<WebAnswer> account_totp(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto offer, around.accounts.offer_totp(ask.actor, ask.text(0), ask.told));
  return offer_of(offer);
}

Result<WebAnswer> account_totp_confirm(const WebAsk& ask, const WebAround& around) {
  return nothing(around.accounts.confirm_totp(ask.actor, ask.text(0), ask.told), Token::taken);
}

}  // namespace gw::control::web
