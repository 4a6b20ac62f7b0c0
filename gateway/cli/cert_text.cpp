#include "cli/cert_text.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/columns.h"
#include "cli/output.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

/// What pki says a certificate may be.
constexpr Text kRoles[] = {Text::role_authority, Text::role_client, Text::role_server, Text::role_firmware,
                           Text::role_responder};

std::string role_text(const std::string& role, Language language) {
  for (const Text text : kRoles)
    if (said(Language::english, text) == role) return said(language, text);
  return role;
}

std::string roles_text(std::vector<std::string> roles, Language language) {
  if (roles.empty()) return said(language, Text::role_none);
  for (std::string& role : roles) role = role_text(role, language);
  return listed_or_none(roles, language);
}

std::string valid_text(const pki::Life& life, model::CivilSeconds now, Language language) {
  return said(language, Text::valid_from_to,
              {day_text(life.begins), day_text(life.ends), life_text(life, now, language)});
}

}  // namespace

model::CivilSeconds civil_now() {
  return std::chrono::floor<std::chrono::seconds>(system_clock().civil_now()).time_since_epoch();
}

std::string day_text(model::CivilSeconds when) { return to_timestamp(CivilTime(when)).substr(0, 10); }

std::string life_text(const pki::Life& life, model::CivilSeconds now, Language language) {
  if (life.has_ended(now)) return said(language, Text::life_ended, {day_text(life.ends)});
  if (!life.has_begun(now)) return said(language, Text::life_begins, {day_text(life.begins)});
  return said(language, Text::life_left,
              {std::to_string(life.days_left(now)), std::to_string(life.days()),
               std::to_string(life.percent_left(now))});
}

std::string listed_or_none(const std::vector<std::string>& words, Language language) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out.empty() ? said(language, Text::cert_none) : out;
}

std::string row_text(std::string_view what, std::string_view value, std::size_t width) {
  return "  " + padded(what, width) + std::string(value) + "\n";
}

std::string to_text(const pki::Description& d, model::CivilSeconds now, Language language) {
  const auto row = [&](Text what, std::string_view value) {
    return row_text(said(language, what), value, kWide);
  };
  return row(Text::row_subject, d.subject) + row(Text::row_names, listed_or_none(d.names, language)) +
         row(Text::row_roles, roles_text(d.roles, language)) + row(Text::row_issuer, d.issuer) +
         row(Text::row_valid, valid_text(d.life, now, language)) + row(Text::row_key, d.key) +
         row(Text::row_serial, d.serial) + row(Text::row_sha256, to_hex(d.fingerprint)) +
         row(Text::row_pin, pki::pin_text(d.key_fingerprint));
}

std::string to_json(const pki::Description& d, model::CivilSeconds now) {
  return JsonObject()
      .text("subject", d.subject)
      .raw("names", json_texts(d.names))
      .raw("roles", json_texts(d.roles))
      .text("issuer", d.issuer)
      .text("not_before", to_timestamp(CivilTime(d.life.begins)))
      .text("not_after", to_timestamp(CivilTime(d.life.ends)))
      .number("days_left", static_cast<std::uint64_t>(d.life.days_left(now)))
      .number("percent_left", static_cast<std::uint64_t>(d.life.percent_left(now)))
      .flag("due", d.life.is_due(now))
      .text("key", d.key)
      .text("serial", d.serial)
      .text("sha256", to_hex(d.fingerprint))
      .text("pin", pki::pin_text(d.key_fingerprint))
      .take();
}

}  // namespace gw::cli
