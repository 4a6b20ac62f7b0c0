// Who is told of incidents, as those see it who keep that register (INC-02, EMG-04).

#include "control/evidence_office.h"
#include "control/notice_targets.h"
#include "control/web_handlers.h"
#include "incidents/contact_sheet.h"

namespace gw::control::web {
namespace {

using incidents::Contact;
using incidents::ContactKey;
using incidents::ContactSheet;

Result<ContactKey> contact_in(const WebAsk& ask) {
  const auto key = incidents::parse_contact(ask.text(0));
  if (!key)
    return Error{
        ErrorCode::contact_unsuitable,
        "contact: clinic, service@NAME, noc, ministry, police or ppc, and not " + std::string(ask.text(0))};
  return *key;
}

/// Of a service that somebody may use, or that has a profile: whoever mistypes one makes no other.
Result<ContactKey> known_contact_in(const WebAsk& ask, const WebAround& around) {
  GW_TRY(ContactKey key, contact_in(ask));
  if (!key.service.empty() &&
      !notice_targets({key.service}, around.reviews.rules().rules(), around.evidence.profiles()))
    return Error{ErrorCode::contact_unsuitable,
                 "contact: " + key.service + " is in no configuration and has no profile"};
  return key;
}

std::string json_of(const Contact& one, CivilTime now) {
  JsonObject out;
  out.text("contact", to_string(one.key))
      .text("japanese", words_of(one.key, Language::japanese))
      .text("english", words_of(one.key, Language::english))
      .text("hint", incidents::desk_hint(one.key.party));
  if (one.ways) {
    out.text("desk", one.ways->desk).text("main", one.ways->main);
    add_text(out, "alternative", one.ways->alternative);
    add_text(out, "hours", one.ways->hours);
  }
  add_time(out, "stated", one.stated);
  if (one.tried) add_time(out, "tried", *one.tried);
  add_text(out, "found", one.found);
  if (one.worked) add_time(out, "worked", *one.worked);
  if (const auto due = one.due()) add_time(out, "due", *due);
  return out.flag("is_overdue", one.is_overdue(now)).take();
}

std::string json_of(const std::vector<Contact>& all, CivilTime now) {
  std::vector<std::string> out;
  for (const Contact& one : all) out.push_back(json_of(one, now));
  return json_list(out);
}

std::string steps_as_json() {
  std::vector<std::string> out;
  for (const incidents::EmergencyStep& step : incidents::emergency_steps())
    out.push_back(JsonObject().text("heading", step.heading).text("text", step.text).take());
  return json_list(out);
}

/// "tenant/service", in the order of the configuration.
std::vector<std::string> tenants_services(const model::RuleRoll& rules) {
  std::vector<std::string> out;
  for (const model::RuleRoll::Door& door : rules.doors)
    for (const model::RuleRoll::Name& service : door.services)
      out.push_back(door.tenant + "/" + service.text);
  return out;
}

}  // namespace

Result<WebAnswer> contact_list(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto all, around.contacts.list(services_of(around.reviews.rules().rules())));
  return WebAnswer{.json = JsonObject().raw("contacts", json_of(all, around.clock.civil_now())).take()};
}

Result<WebAnswer> contact_state(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const ContactKey key, known_contact_in(ask, around));
  const incidents::Ways ways{std::string(ask.text(1)), std::string(ask.text(2)), std::string(ask.text(3)),
                             std::string(ask.text(4))};
  return nothing(around.contacts.state(ask.actor, key, ways, ask.told));
}

Result<WebAnswer> contact_tried(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const ContactKey key, contact_in(ask));
  return nothing(around.contacts.tried(
      ask.actor, key, {ask.time(3), ask.number(1, 0) != 0, std::string(ask.text(2))}, ask.told));
}

Result<WebAnswer> contact_sheet(const WebAsk&, const WebAround& around) {
  const model::RuleRoll& rules = around.reviews.rules().rules();
  const CivilTime now = around.clock.civil_now();
  GW_TRY(auto contacts, around.contacts.list(services_of(rules)));
  const ContactSheet sheet{rules.site, now, std::move(contacts), tenants_services(rules)};
  JsonObject out;
  add_text(out, "site", sheet.site);
  return WebAnswer{.json = out.text("made", time_text(now))
                               .raw("contacts", json_of(sheet.contacts, now))
                               .raw("services", json_texts(sheet.services))
                               .raw("steps", steps_as_json())
                               .text("text", text_of(sheet))
                               .text("html", page_of(sheet))
                               .take()};
}

}  // namespace gw::control::web
