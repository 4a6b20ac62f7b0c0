// What administrators do about backups (BAK-01 to BAK-05). What opens one is not on the box: whoever looks
// inside takes it along.

#include "base/json.h"
#include "base/text.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

CivilTime time_of(std::chrono::seconds since_1970) { return CivilTime(since_1970); }

std::string json_of(const backup::Generation& one, const backup::Listing& listing) {
  return JsonObject()
      .number("backup", one.head.number)
      .text("file", one.file)
      .text("kind", to_string(one.head.kind))
      .text("made", time_text(time_of(one.head.made)))
      .number("change", one.head.change)
      .number("size", one.size)
      .flag("last_good", listing.last_good == one.head.number)
      .take();
}

std::string json_of(const backup::Recipient& one, CivilTime now) {
  JsonObject out;
  out.text("name", one.name()).text("sha256", to_hex(one.fingerprint()));
  if (const auto concern = one.concern(now)) out.text("concern", *concern);
  return out.take();
}

}  // namespace

Result<WebAnswer> backups_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const backup::Backups* backups, around.backups.backups());
  GW_TRY(const auto listing, backups->list(ask.actor, ask.told));
  std::vector<std::string> generations, damaged, recipients, wanted_by;
  for (const auto& one : listing.generations) generations.push_back(json_of(one, listing));
  for (const auto& one : listing.damaged) damaged.push_back(one.file);
  for (const accounts::Actor& one : around.backups.wanted_by()) wanted_by.push_back(one.name);
  const backup::Settings& settings = backups->settings();
  for (const auto& one : settings.recipients) recipients.push_back(json_of(one, system_clock().civil_now()));
  JsonObject out;
  out.raw("backups", json_list(generations))
      .raw("damaged", json_texts(damaged))
      .number("generations", settings.keep.count())
      .raw("recipients", json_list(recipients))
      .raw("wanted_by", json_texts(wanted_by))
      .text("signer", to_hex(backups->signer()));
  if (!settings.recipients.empty()) out.text("next", time_text(backups->due().at));
  return WebAnswer{.json = out.number("failures", backups->failures()).take()};
}

Result<WebAnswer> backups_make(const WebAsk& ask, const WebAround& around) {
  return nothing(around.backups.want(ask.actor, ask.told));
}

Result<WebAnswer> backups_withdraw(const WebAsk& ask, const WebAround& around) {
  return nothing(around.backups.withdraw(ask.actor, ask.told));
}

Result<WebAnswer> backups_check(const WebAsk& ask, const WebAround& around) {
  GW_TRY(backup::Backups* const backups, around.backups.backups());
  GW_TRY(const auto looked, backups->look_at(ask.actor, ask.number(0, 0), ask.told));
  std::vector<std::string> faults;
  for (const auto& found : looked.report.faults) faults.emplace_back(to_string(found.fault));
  return WebAnswer{.json = JsonObject()
                               .flag("good", looked.report.is_good())
                               .raw("faults", json_texts(faults))
                               .text("sha256", to_hex(looked.digest))
                               .take()};
}

Result<WebAnswer> backups_download(const WebAsk& ask, const WebAround& around) {
  GW_TRY(backup::Backups* const backups, around.backups.backups());
  GW_TRY(auto taken, backups->take_along(ask.actor, ask.number(0, 0), ask.told));
  WebAnswer answer;
  answer.octets = std::move(taken);
  return answer;
}

Result<WebAnswer> backups_tried(const WebAsk& ask, const WebAround& around) {
  GW_TRY(backup::Backups* const backups, around.backups.backups());
  return nothing(backups->note_tried(ask.actor, ask.number(0, 0),
                                     digest_in(ask.text(1)).value_or(pki::Sha256{}), ask.told));
}

}  // namespace gw::control::web
