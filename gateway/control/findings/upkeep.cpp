// Backups, changes, remote maintenance and software (BAK-*, WLS-04, ADM-12, RMT-*, UPD-01, WLS-05).

#include <algorithm>

#include "base/build_time.h"
#include "control/findings/observed.h"

namespace gw::control::findings {
namespace {

using changes::Change;
using maintenance::Request;
constexpr std::size_t kMostChanges = 100, kMostRequests = 1'000;

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
  if (!backups) return Draft(State::unknown).say(Text::backups_none).of_configuration(seen).take();
  GW_TRY(const backup::Listing listing, (*backups)->list(seen.ask.actor, seen.ask.told));
  Draft out(State::shown);
  if (listing.generations.empty())
    out.say(State::attention, Text::backups_none);
  else
    out.say(Text::backups_told, {text_of(listing.generations.size())});
  if (!listing.damaged.empty())
    out.say(State::attention, Text::backups_damaged, {text_of(listing.damaged.size())});
  out.columns({Text::col_number, Text::col_when, Text::col_kind});
  for (const backup::Generation& one : listing.generations)
    out.row({std::to_string(one.head.number), time_of(one.head.made), std::string(to_string(one.head.kind))});
  return out.of_records(seen).take();
}

Result<Finding> backups_tried(const Observed& seen) {
  GW_TRY(const auto records, lately(seen, EventId::backup_tried));
  if (records.empty()) return Draft(State::attention).say(Text::tried_never).of_records(seen).take();
  Draft out(State::shown);
  out.say(Text::tried_told, {text_of(records.size())});
  out.columns({Text::col_when, Text::col_what, Text::col_by});
  for (const audit::Record& one : records)
    out.row({time_of(one.time), text_in(one, Field::object), text_in(one, Field::administrator)});
  return out.of_records(seen).take();
}

Result<Finding> changes_history(const Observed& seen) {
  GW_TRY(const auto newest, seen.around.changes.newest(kMostChanges));
  if (newest.empty()) return Draft(State::unknown).say(Text::changes_none).of_records(seen).take();
  Draft out(State::shown);
  out.say(Text::changes_told, {text_of(newest.size())});
  out.columns({Text::col_number, Text::col_when, Text::col_by, Text::col_reason, Text::col_standing});
  for (const Change& one : newest)
    out.row({text_of(one.number.number()), time_of(one.staged), one.by.name, one.reason,
             std::string(to_string(one.state))});
  return out.of_records(seen).take();
}

Result<Finding> changes_second_person(const Observed& seen) {
  GW_TRY(auto newest, seen.around.changes.newest(kMostChanges));
  std::erase_if(newest, [](const Change& one) { return !one.widens || !was_applied(one); });
  if (newest.empty()) return Draft(State::shown).say(Text::second_none).of_records(seen).take();
  const auto alone = static_cast<std::size_t>(
      std::ranges::count_if(newest, [](const Change& one) { return one.approved_by.empty(); }));
  Draft out(State::shown);
  if (alone == 0) out.say(Text::second_all, {text_of(newest.size())});
  if (alone != 0) out.say(State::attention, Text::second_missing, {text_of(alone)});
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
  if (open != 0) out.say(Text::windows_open, {text_of(open)});
  if (flagged != 0) out.say(State::attention, Text::windows_flagged, {text_of(flagged)});
  out.columns({Text::col_number, Text::col_when, Text::col_until, Text::col_by, Text::col_reason,
               Text::col_approver, Text::col_standing});
  for (const Request& one : requests)
    out.row({text_of(one.id.number()), time_of(one.draft.from), time_of(one.draft.until), one.requester_name,
             one.draft.reason, one.decision.name.empty() ? "—" : one.decision.name,
             std::string(to_string(one.state))});
  return out.of_records(seen).take();
}

Result<Finding> maintenance_rights(const Observed&) {
  Draft out(State::shown);
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
  return Draft(State::shown)
      .say(Text::version_told, {time_of(build_time())})
      .source(Text::src_software, time_of(build_time()))
      .take();
}

Result<Finding> software_surface(const Observed& seen) {
  const ipc::op::State& state = seen.sight.diagnosis.state;
  const auto down = static_cast<std::size_t>(
      std::ranges::count_if(state.processes, [](const auto& one) { return one.pid == 0; }));
  Draft out(State::shown);
  out.say(Text::surface_told, {text_of(state.processes.size()), text_of(state.listeners.size())});
  if (down != 0) out.say(State::attention, Text::surface_down, {text_of(down)});
  out.columns({Text::col_process, Text::col_tenant});
  for (const ipc::op::ProcessState& one : state.processes)
    out.row({one.name, one.tenant.empty() ? "—" : one.tenant});
  return out.source(Text::src_kernel, time_of(seen.now)).take();
}

}  // namespace gw::control::findings
