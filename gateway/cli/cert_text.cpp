#include "cli/cert_text.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/output.h"

namespace gw::cli {
namespace {

std::string line(std::string_view what, std::string_view value) {
  std::string out = "  " + std::string(what);
  out.resize(15, ' ');
  return out.append(value).append("\n");
}

}  // namespace

model::CivilSeconds civil_now() {
  return std::chrono::floor<std::chrono::seconds>(system_clock().civil_now()).time_since_epoch();
}

std::string day_text(model::CivilSeconds when) { return to_timestamp(CivilTime(when)).substr(0, 10); }

std::string life_text(const pki::Life& life, model::CivilSeconds now) {
  if (life.has_ended(now)) return "ended on " + day_text(life.ends);
  if (!life.has_begun(now)) return "begins on " + day_text(life.begins);
  return std::to_string(life.days_left(now)) + " of " + std::to_string(life.days()) + " days left (" +
         std::to_string(life.percent_left(now)) + " %)";
}

std::string listed_or_none(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out.empty() ? "none" : out;
}

std::string to_text(const pki::Description& d, model::CivilSeconds now) {
  std::string out = line("subject", d.subject) + line("names", listed_or_none(d.names));
  out += line("can be", d.roles.empty() ? "nothing that the box takes" : listed_or_none(d.roles));
  out += line("issued by", d.issuer);
  out +=
      line("valid", day_text(d.life.begins) + " to " + day_text(d.life.ends) + ": " + life_text(d.life, now));
  out += line("key", d.key) + line("serial", d.serial) + line("SHA-256", to_hex(d.fingerprint));
  return out + line("key's pin", pki::pin_text(d.key_fingerprint));
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
