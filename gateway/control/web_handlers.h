#pragma once

#include "base/json.h"
#include "control/bundle_office.h"
#include "control/web_desk.h"

namespace gw::control::web {

// A handler for each row of api/operations.def, which is called so. Values stand in the places that their
// rows have. The web_*.cpp beside this have them.
#define GW_API(name, id, method, path, access, answer, status, repeats, summary) \
  Result<WebAnswer> name(const WebAsk& ask, const WebAround& around);
#define GW_API_TAKES(operation, name, place, type, low, high, need)
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES

/// As the contract has it; nothing: it is none.
std::optional<accounts::Sha256> digest_in(std::string_view hex);
/// A member that is there only if it says something.
inline void add_text(JsonObject& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.text(key, text);
}
/// RFC 3339.
std::string time_text(CivilTime time);
/// Of a moment that came.
inline void add_time(JsonObject& out, std::string_view key, CivilTime time) {
  if (time != CivilTime{}) out.text(key, time_text(time));
}
/// SHA-256 over the SubjectPublicKeyInfo in a PEM text, by which two persons compare it; empty: there is
/// none.
std::string fingerprint_in(const std::string& pem);
/// The one-time code of an account's owner, shown once.
WebAnswer invitation_of(std::string_view name, const Secret& code);
WebAnswer codes_of(const std::vector<Secret>& codes);
WebAnswer offer_of(const accounts::Offer& offer);
/// Nothing to say; what becomes of the browser's session.
inline Result<WebAnswer> nothing(const Result<>& done, ipc::web::Token token = ipc::web::Token::stands) {
  if (!done) return done.error();
  return WebAnswer{.json = {}, .token = token, .given = {}};
}

}  // namespace gw::control::web
