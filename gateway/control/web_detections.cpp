// What looked like an attack, and who has seen to it (IDS-01, IDS-04).

#include <algorithm>
#include <iterator>

#include "control/detection_waits.h"
#include "control/web_errands.h"
#include "control/web_handlers.h"
#include "detect/shelf.h"
#include "detect/telling.h"

namespace gw::control {
namespace {

constexpr std::size_t kMostWaits = 20;
constexpr std::uint64_t kUsual = 100;

const char* key_of(detect::Subject subject) {
  constexpr const char* kKeys[] = {"source", "terminal", "tenant"};
  return kKeys[static_cast<std::size_t>(subject)];
}

std::string json_of(const detect::Shelved& one) {
  const detect::Episode& episode = one.episode;
  const detect::Rule& row = detect::rule(episode.kind);
  JsonObject out;
  out.number("number", episode.number).text("kind", row.id).text("severity", to_string(row.severity));
  web::add_text(out, "tenant", episode.tenant);
  if (row.subject != detect::Subject::tenant) web::add_text(out, key_of(row.subject), episode.subject);
  web::add_text(out, "detail", episode.detail);
  out.number("count", episode.count)
      .text("first", web::time_text(episode.first))
      .text("last", web::time_text(episode.last))
      .flag("is_over", episode.is_over);
  web::add_time(out, "seen", one.seen);
  web::add_text(out, "by", one.seen_by);
  web::add_text(out, "note", one.note);
  return out.take();
}

}  // namespace

Result<std::vector<std::string>> detection_waits(const WebAround& around) {
  std::vector<std::string> out;
  GW_TRY(const auto unseen, detect::Shelf(around.store.database()).unseen(kMostWaits));
  for (const detect::Shelved& one : unseen)
    out.push_back("detection." + std::string(to_string(detect::rule(one.episode.kind).severity)) + ":" +
                  std::to_string(one.episode.number));
  return out;
}

namespace web {

Result<WebAnswer> detections_list(const WebAsk& ask, const WebAround& around) {
  detect::Shelf shelf(around.store.database());
  const std::size_t most = ask.number(0, kUsual);
  GW_TRY(auto all, shelf.unseen(most));
  GW_TRY(const auto newest, shelf.newest(most));
  std::ranges::copy_if(newest, std::back_inserter(all),
                       [](const detect::Shelved& one) { return one.seen != CivilTime{}; });
  return WebAnswer{
      .json = JsonObject()
                  .raw("detections", json_each(all, [](const detect::Shelved& one) { return json_of(one); }))
                  .take()};
}

/// Again: whoever says so last has seen to it; the records have all of them.
Result<WebAnswer> detections_see(const WebAsk& ask, const WebAround& around) {
  GW_TRY(accounts::authorise(ask.actor, accounts::Operation::incident_keep, ask.told));
  detect::Shelf shelf(around.store.database());
  GW_TRY(const auto found, shelf.find(ask.number(0, 0)));
  if (!found) return Error{ErrorCode::detection_unknown};
  const std::vector<Event> events{detect::seen_of(found->episode, ask.actor.name, ask.text(1))};
  return nothing(around.records.write(events, [&] {
    return shelf.see(found->episode.number, around.clock.civil_now(), ask.actor.name, ask.text(1));
  }));
}

}  // namespace web
}  // namespace gw::control
