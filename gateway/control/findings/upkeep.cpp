// Backups, changes, remote maintenance and software (BAK-*, WLS-04, ADM-12, RMT-*, UPD-01, WLS-05).

#include <algorithm>

#include "base/build_time.h"
#include "control/findings/observed.h"

namespace gw::control::findings {
namespace {

using changes::Change;
using maintenance::Request;
constexpr std::size_t kMostChanges = 100, kMostJudged = 5'000, kMostRequests = 1'000;
constexpr std::chrono::days kBackupGood{2};  // one is made each day

/// Put in force at some time.
bool was_applied(const Change& one) { return one.generation != 0; }

Result<std::vector<Request>> requests_of(const Observed& seen) {
  return seen.around.maintenance.list(seen.ask.actor, kMostRequests, seen.ask.told);
}

std::size_t count_of(const std::vector<Request>& requests, maintenance::State state) {
  return static_cast<std::size_t>(std::ranges::count(requests, state, &Request::state));
}

}  // namespace

Result<Finding> backups_kept(const Observed& seen) {
  const auto backups = seen.around.backups.backups();
  if (!backups) return Draft(State::unknown).say(Text::backups_unread).of_configuration(seen).take();
  GW_TRY(const backup::Listing listing, (*backups)->list(seen.ask.actor, seen.ask.told));
  if (listing.generations.empty())
    return Draft(State::attention).say(Text::backups_none).of_configuration(seen).take();
  Draft out(State::shown);
  out.say(Text::backups_told, {text_of(listing.generations.size())});
  const auto newest = listing.generations.back().head.made;
  if (seen.now - CivilTime(newest) > kBackupGood)
    out.say(State::attention, Text::backups_old, {time_of(newest)});
  if (!listing.damaged.empty())
    out.say(State::attention, Text::backups_damaged, {text_of(listing.damaged.size())});
  out.columns({Text::col_number, Text::col_when, Text::col_kind});
  for (const backup::Generation& one : listing.generations)
    out.row({std::to_string(one.head.number), time_of(one.head.made), shown(to_string(one.head.kind))});
  return out.of_records(seen).take();
}

Result<Finding> backups_tried(const Observed& seen) {
  GW_TRY(const Lately records, lately(seen, EventId::backup_tried));
  GW_TRY(const std::string since, watched_since(seen));
  if (records.count == 0)
    return Draft(State::attention).say(Text::tried_never, {since}).of_records(seen).take();
  Draft out(State::shown);
  out.say(Text::tried_told, {count_text(records.count), since});
  out.columns({Text::col_when, Text::col_what, Text::col_by});
  for (const audit::Record& one : records.newest)
    out.row({time_of(one.time), text_in(one, Field::object), text_in(one, Field::administrator)});
  return out.left_out(records.count - records.newest.size()).of_records(seen).take();
}

Result<Finding> changes_history(const Observed& seen) {
  GW_TRY(const auto newest, seen.around.changes.newest(kMostChanges));
  if (newest.empty()) return Draft(State::unknown).say(Text::changes_none).of_records(seen).take();
  Draft out(State::shown);
  out.say(Text::changes_told, {text_of(newest.size())});
  out.columns({Text::col_number, Text::col_when, Text::col_by, Text::col_reason, Text::col_standing});
  for (const Change& one : newest)
    out.row({text_of(one.number.number()), time_of(one.staged), one.by.name, one.reason,
             shown(to_string(one.state))});
  return out.of_records(seen).take();
}

Result<Finding> changes_second_person(const Observed& seen) {
  GW_TRY(auto newest, seen.around.changes.newest(kMostJudged));
  const std::string looked_at = text_of(newest.size());
  std::erase_if(newest, [](const Change& one) { return !one.widens || !was_applied(one); });
  if (newest.empty()) return Draft(State::shown).say(Text::second_none, {looked_at}).of_records(seen).take();
  const auto alone = static_cast<std::size_t>(std::ranges::count_if(
      newest, [](const Change& one) { return one.approved_by.empty() || one.approved_by == one.by.name; }));
  Draft out(State::shown);
  if (alone == 0) out.say(Text::second_all, {text_of(newest.size()), looked_at});
  if (alone != 0) out.say(State::attention, Text::second_missing, {text_of(alone), looked_at});
  out.columns({Text::col_number, Text::col_when, Text::col_by, Text::col_approver});
  for (const Change& one : newest)
    out.row({text_of(one.number.number()), time_of(one.staged), one.by.name,
             one.approved_by.empty() ? "—" : one.approved_by});
  return out.of_records(seen).take();
}

Result<Finding> maintenance_windows(const Observed& seen) {
  GW_TRY(const auto requests, requests_of(seen));
  const std::size_t open = count_of(requests, maintenance::State::open);
  const auto flagged = static_cast<std::size_t>(std::ranges::count(requests, true, &Request::is_flagged));
  Draft out(State::shown);
  out.say(Text::windows_told, {text_of(requests.size())});
  if (open != 0) out.say(State::attention, Text::windows_open, {text_of(open)});
  if (flagged != 0) out.say(State::attention, Text::windows_flagged, {text_of(flagged)});
  out.columns({Text::col_number, Text::col_when, Text::col_until, Text::col_by, Text::col_reason,
               Text::col_approver, Text::col_standing});
  for (const Request& one : requests)
    out.row({text_of(one.id.number()), time_of(one.draft.from), time_of(one.draft.until), one.requester_name,
             one.draft.reason, one.decision.name.empty() ? "—" : one.decision.name,
             shown(to_string(one.state))});
  return out.of_records(seen).take();
}

Result<Finding> maintenance_rights(const Observed&) {
  Draft out(State::by_design);
  out.say(Text::rights_told);
  out.columns({Text::col_rights, Text::col_detail});
  for (std::size_t i = 0; i < maintenance::kWorks; ++i) {
    const auto work = static_cast<maintenance::Work>(i);
    out.row({std::string(to_string(work)), std::string(words_of(work, Language::japanese))});
  }
  return out.source(Text::src_software, "RMT-03").take();
}

Result<Finding> maintenance_reports(const Observed& seen) {
  GW_TRY(const auto requests, requests_of(seen));
  const std::size_t unread = count_of(requests, maintenance::State::ended),
                    read = count_of(requests, maintenance::State::reported);
  return Draft(unread == 0 ? State::shown : State::attention)
      .say(Text::reports_told, {text_of(unread + read), text_of(read)})
      .of_records(seen)
      .take();
}

Result<Finding> software_version(const Observed&) {
  return Draft(State::by_design)
      .say(Text::version_told, {time_of(build_time())})
      .source(Text::src_software, time_of(build_time()))
      .take();
}

/// Processes as the supervisor has them, sockets as the kernel shows them.
Result<Finding> software_surface(const Observed& seen) {
  const ipc::op::State& state = seen.sight.diagnosis.state;
  const auto down = static_cast<std::size_t>(
      std::ranges::count_if(state.processes, [](const auto& one) { return one.pid == 0; }));
  Draft out(State::shown);
  out.say(Text::surface_told, {text_of(state.processes.size())});
  if (down != 0) out.say(State::attention, Text::surface_down, {text_of(down)});
  out.columns({Text::col_what, Text::col_where});
  for (const ipc::op::ProcessState& one : state.processes)
    out.row({one.name, one.tenant.empty() ? "—" : one.tenant});
  constexpr model::NetworkRoll::Side kSides[] = {model::NetworkRoll::Side::lan, model::NetworkRoll::Side::wan,
                                                 model::NetworkRoll::Side::mgmt};
  for (const auto side : kSides)
    for (const model::Endpoint& one : seen.sight.network.sights[static_cast<std::size_t>(side)].listening)
      out.row({"TCP " + one.to_text(), shown(web::to_string(side))});
  return out.source(Text::src_state, time_of(seen.now)).source(Text::src_kernel, time_of(seen.now)).take();
}

}  // namespace gw::control::findings
