// What is allowed, to whom, and what was refused (WLS-01 to WLS-06, IDS-01, LAN-03, CRT-07).

#include <algorithm>
#include <array>
#include <set>

#include "control/findings/observed.h"

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
  return static_cast<std::size_t>(
      std::ranges::count_if(terminals, [](const auto& row) { return row.standing != Standing::known; }));
}

/// What the box tries itself so as to prove its walls is refused and recorded like anybody's.
std::set<std::string> own_addresses(const Observed& seen) {
  std::set<std::string> out;
  for (const model::NetworkSight& sight : seen.sight.network.sights)
    for (const model::NetworkSight::Link& link : sight.links)
      for (const model::Prefix& prefix : link.addresses) out.insert(prefix.address.to_text());
  return out;
}

}  // namespace

Result<Finding> whitelist_rules(const Observed& seen) {
  const auto& rows = book_of(seen).rules().rows;
  if (rows.empty()) return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  Draft out(State::shown);
  out.say(Text::rules_told, {text_of(rows.size())});
  out.columns({Text::col_tenant, Text::col_rule, Text::col_service, Text::col_where, Text::col_terminals,
               Text::col_until});
  for (const RuleRoll::Row& row : rows)
    out.row({row.tenant, row.rule, row.service, row.server_name + ":" + std::to_string(row.port),
             text_of(row.terminals.size()), until_of(row)});
  return out.of_configuration(seen).take();
}

Result<Finding> whitelist_unused(const Observed& seen) {
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
  const auto unreached = std::ranges::count_if(trials, [](const auto& one) { return one.remote.port == 0; });
  Draft out(State::shown);
  out.say(Text::names_told);
  if (unreached != 0)
    out.say(State::attention, Text::endpoints_bad, {text_of(trials.size()), std::to_string(unreached)});
  out.columns({Text::col_tenant, Text::col_service, Text::col_where, Text::col_address, Text::col_outcome});
  for (const model::ServiceTrial& one : trials) {
    const auto row = std::ranges::find_if(
        rows, [&](const auto& rule) { return rule.tenant == one.tenant && rule.service == one.service; });
    out.row({one.tenant, one.service, row == rows.end() ? "—" : row->server_name,
             one.remote.port == 0 ? "—" : one.remote.to_text(), std::string(to_string(one.outcome))});
  }
  return out.of_trials(seen).take();
}

Result<Finding> sources_identified(const Observed& seen) {
  const auto terminals = terminals_of(seen);
  const std::size_t blocked = blocked_among(terminals);
  Draft out(State::shown);
  out.say(Text::sources_told, {text_of(terminals.size())});
  if (blocked != 0) out.say(Text::sources_blocked, {text_of(blocked)});
  out.columns({Text::col_tenant, Text::col_interface, Text::col_segment, Text::col_address});
  for (const RuleRoll::Door& door : book_of(seen).rules().doors)
    out.row({door.tenant, door.listener, door.segment.empty() ? "—" : door.segment, door.endpoint.to_text()});
  return out.of_configuration(seen).take();
}

Result<Finding> refusals_told(const Observed& seen) {
  const review::Summary month = seen.around.reviews.running();
  Draft out(State::shown);
  out.say(Text::refusals_month, {text_of(month.refusals.all)});
  out.columns({Text::col_reason, Text::col_count});
  for (const auto& row : month.refusals.rows) out.row({row.name, text_of(row.count)});
  return out.of_records(seen).take();
}

Result<Finding> terminals_register(const Observed& seen) {
  const auto terminals = terminals_of(seen);
  Draft out(State::shown);
  out.say(Text::register_told, {text_of(terminals.size())});
  out.columns({Text::col_tenant, Text::col_terminal, Text::col_standing});
  for (const auto& row : terminals) out.row({row.tenant, row.terminal, std::string(to_string(row.standing))});
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
  const std::set<std::string> own = own_addresses(seen);
  Draft out(State::shown);
  out.columns({Text::col_when, Text::col_kind, Text::col_address});
  for (const EventId event : kEvents) {
    GW_TRY(const auto records, lately(seen, event));
    for (const audit::Record& one : records) {
      const std::string source = text_in(one, Field::source);
      if (!own.contains(source)) out.row({time_of(one.time), std::string(gw::to_string(event)), source});
    }
  }
  if (out.rows() == 0) return out.say(Text::devices_none).of_records(seen).take();
  return out.say(State::attention, Text::devices_some, {text_of(out.rows())}).of_records(seen).take();
}

}  // namespace gw::control::findings
