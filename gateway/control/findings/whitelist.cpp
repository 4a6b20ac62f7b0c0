// What is allowed, to whom, and what was refused (WLS-01 to WLS-06, IDS-01, LAN-03, CRT-07).

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "control/findings/observed.h"
#include "control/way_to_cloud.h"

namespace gw::control::findings {
namespace {

using model::RuleRoll;
using Standing = model::TerminalRoll::Standing;

const RuleBook& book_of(const Observed& seen) { return seen.around.reviews.rules(); }

std::string until_of(const RuleRoll::Row& row) { return row.until.count() == 0 ? "—" : time_of(row.until); }

/// Those of the configuration in force; others only stand in the list because they are blocked.
std::vector<model::TerminalRoll::Row> terminals_of(const Observed& seen) {
  std::vector<model::TerminalRoll::Row> out = seen.sight.terminals.rows;
  std::erase_if(out, [](const auto& row) { return !row.configured; });
  return out;
}

std::size_t blocked_among(const std::vector<model::TerminalRoll::Row>& terminals) {
  return static_cast<std::size_t>(std::ranges::count_if(terminals, [](const auto& row) {
    return row.standing == Standing::blocked || row.standing == Standing::blocked_in_configuration;
  }));
}

std::set<std::string> lan_interfaces(const Observed& seen) {
  std::set<std::string> out;
  for (const model::NetworkRoll::Port& port : seen.sight.network.roll.ports)
    if (port.side == model::NetworkRoll::Side::lan) out.insert(port.interface);
  return out;
}

/// What the box's own processes try so as to prove its walls is refused and recorded like anybody's; their
/// account says so.
bool is_own(const audit::Record& record) {
  return std::ranges::any_of(record.event.entries(),
                             [](const Event::Entry& entry) { return entry.field == Field::account; });
}

/// When each device was seen last, by kind of event and address.
using Devices = std::map<std::pair<std::string, std::string>, CivilTime>;

}  // namespace

Result<Finding> whitelist_rules(const Observed& seen) {
  const auto& rows = book_of(seen).rules().rows;
  if (rows.empty()) return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  Draft out(State::by_design);
  out.say(Text::rules_told, {text_of(rows.size())});
  out.columns({Text::col_tenant, Text::col_rule, Text::col_service, Text::col_where, Text::col_terminals,
               Text::col_until});
  for (const RuleRoll::Row& row : rows)
    out.row({row.tenant, row.rule, row.service, row.server_name + ":" + std::to_string(row.port),
             text_of(row.terminals.size()), until_of(row)});
  return out.of_configuration(seen).take();
}

Result<Finding> whitelist_unused(const Observed& seen) {
  if (seen.around.reviews.is_behind()) return Draft(State::unknown).say(Text::counting).take();
  const auto unused = book_of(seen).unused();
  Draft out(State::shown);
  if (unused.empty()) return out.say(Text::unused_none).of_records(seen).take();
  out.say(State::attention, Text::unused_some, {text_of(unused.size())});
  out.columns({Text::col_rule});
  for (const std::string& rule : unused) out.row({rule});
  return out.of_records(seen).take();
}

Result<Finding> whitelist_names(const Observed& seen) {
  const auto& trials = seen.sight.diagnosis.trials.trials;
  if (trials.empty()) return Draft(State::unknown).say(Text::endpoints_none).take();
  const auto& rows = book_of(seen).rules().rows;
  const auto failed =
      std::ranges::count_if(trials, [](const auto& one) { return failed_at(one).has_value(); });
  Draft out(State::shown);
  out.say(Text::names_told);
  if (failed != 0) out.say(State::attention, Text::endpoints_bad, {std::to_string(failed)});
  out.columns({Text::col_tenant, Text::col_service, Text::col_where, Text::col_address, Text::col_outcome});
  for (const model::ServiceTrial& one : trials) {
    const auto row = std::ranges::find_if(
        rows, [&](const auto& rule) { return rule.tenant == one.tenant && rule.service == one.service; });
    out.row({one.tenant, one.service, row == rows.end() ? "—" : row->server_name,
             one.remote.port == 0 ? "—" : one.remote.to_text(), outcome_text(one.outcome)});
  }
  return out.of_trials(seen).take();
}

Result<Finding> sources_identified(const Observed& seen) {
  const auto terminals = terminals_of(seen);
  const std::size_t by_address = book_of(seen).rules().by_address.size(), blocked = blocked_among(terminals);
  if (terminals.empty()) return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  Draft out(State::by_design);
  out.say(Text::sources_told, {text_of(terminals.size() - std::min(by_address, terminals.size()))});
  if (by_address != 0) out.say(State::attention, Text::sources_address, {text_of(by_address)});
  if (blocked != 0) out.say(Text::sources_blocked, {text_of(blocked)});
  out.columns({Text::col_tenant, Text::col_interface, Text::col_segment, Text::col_address});
  for (const RuleRoll::Door& door : book_of(seen).rules().doors)
    out.row({door.tenant, door.listener, door.segment.empty() ? "—" : door.segment, door.endpoint.to_text()});
  return out.of_configuration(seen).take();
}

Result<Finding> refusals_told(const Observed& seen) {
  if (seen.around.reviews.is_behind()) return Draft(State::unknown).say(Text::counting).take();
  const review::Summary month = seen.around.reviews.running();
  Draft out(State::shown);
  out.say(Text::refusals_month, {text_of(month.refusals.all), review::to_text(month.month)});
  out.columns({Text::col_reason, Text::col_count});
  for (const auto& row : month.refusals.rows) out.row({row.name, text_of(row.count)});
  if (month.refusals.rows.size() == review::kMostRows) out.say(Text::newest_shown);
  return out.of_records(seen).take();
}

Result<Finding> terminals_register(const Observed& seen) {
  const auto terminals = terminals_of(seen);
  Draft out(State::by_design);
  out.say(Text::register_told, {text_of(terminals.size())});
  out.columns({Text::col_tenant, Text::col_terminal, Text::col_standing});
  for (const auto& row : terminals) out.row({row.tenant, row.terminal, shown(to_string(row.standing))});
  return out.of_configuration(seen).take();
}

Result<Finding> certificates_revocation(const Observed& seen) {
  std::size_t single = 0;
  for (const auto& row : seen.sight.terminals.rows) single += row.certificates.size();
  const auto stale = std::ranges::count_if(
      seen.sight.certificates.lists, [&](const auto& list) { return CivilTime(list.stale_at) <= seen.now; });
  Draft out(State::shown);
  out.say(Text::revoked_told, {text_of(blocked_among(seen.sight.terminals.rows)), text_of(single)});
  if (stale != 0) out.say(State::attention, Text::lists_stale, {std::to_string(stale)});
  out.columns({Text::col_tenant, Text::col_issuer, Text::col_until});
  for (const auto& list : seen.sight.certificates.lists)
    out.row({list.tenant.empty() ? "—" : list.tenant, list.issuer, time_of(list.stale_at)});
  return out.of_configuration(seen).take();
}

Result<Finding> devices_seen(const Observed& seen) {
  constexpr std::array kEvents = {EventId::scan_of_ports, EventId::scan_of_addresses,
                                  EventId::packet_refused};
  constexpr std::size_t kLookedAt = 2'000;
  if (!is_watched(seen)) return Draft(State::unknown).say(Text::unwatched).of_records(seen).take();
  const std::set<std::string> inside = lan_interfaces(seen);
  Devices devices;
  Draft out(State::shown);
  for (const EventId event : kEvents) {
    GW_TRY(const Lately found, lately(seen, event, kLookedAt));
    if (found.count > found.newest.size()) out.say(Text::newest_shown);
    for (const audit::Record& one : found.newest) {
      const std::string interface = text_in(one, Field::interface);
      if (is_own(one) || (!interface.empty() && !inside.contains(interface))) continue;
      CivilTime& last = devices[{std::string(gw::to_string(event)), text_in(one, Field::source)}];
      last = std::max(last, one.time);
    }
  }
  GW_TRY(const std::string since, watched_since(seen));
  if (devices.empty()) return out.say(Text::devices_none, {since}).of_records(seen).take();
  out.say(State::attention, Text::devices_some, {text_of(devices.size()), since});
  out.columns({Text::col_when, Text::col_kind, Text::col_address});
  for (const auto& [device, last] : devices) out.row({time_of(last), shown(device.first), device.second});
  return out.of_records(seen).take();
}

}  // namespace gw::control::findings
