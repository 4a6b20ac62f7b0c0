#include "control/fault_sight.h"

#include <algorithm>
#include <optional>
#include <set>

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using enum ObservationId;
using model::CloseReason;
using model::NetworkRoll;
using model::NetworkSight;
using model::ServiceTrial;
using Observations = std::vector<Observation>;
using Ids = std::initializer_list<ObservationId>;

Standing good_if(bool holds) { return holds ? Standing::good : Standing::bad; }
bool is_fresh(std::chrono::milliseconds at, const FaultSight& sight) {
  return at.count() != 0 && sight.now - at <= FaultSight::kFresh;
}

// ---------------------------------------------------------------- terminals

/// Reasons of the terminal's own; every other refusal says nothing of who is broken.
std::optional<ObservationId> fault_of_terminal(std::string_view reason) {
  const auto is = [&](CloseReason one) { return reason == to_string(one); };
  if (is(CloseReason::certificate_expired) || is(CloseReason::certificate_not_yet_valid))
    return terminal_date;
  constexpr CloseReason kIdentity[] = {
      CloseReason::tls_version,           CloseReason::tls_parameters,
      CloseReason::certificate_untrusted, CloseReason::certificate_wrong_usage,
      CloseReason::certificate_weak,      CloseReason::certificate_malformed,
      CloseReason::certificate_revoked,   CloseReason::certificate_not_owned};
  return std::ranges::any_of(kIdentity, is) ? std::optional(terminal_identity) : std::nullopt;
}

/// Of whom nobody knows whether he is a terminal nothing follows.
void look_at_terminals(const FaultSight& sight, Observations& out) {
  for (const RefusalGroup& group : sight.refusals) {
    const auto fault = fault_of_terminal(group.reason);
    if (!fault || group.terminal.empty() || !is_fresh(group.last, sight)) continue;
    const std::string name = group.tenant + "/" + group.terminal;
    const auto since = sight.admitted.find(name);
    if (since != sight.admitted.end() && since->second > group.last) continue;
    out.push_back({*fault, Standing::bad, name, group.reason});
  }
  for (const auto& [name, at] : sight.admitted)
    if (is_fresh(at, sight)) out.push_back({terminal_identity, Standing::good, name});
}

// ---------------------------------------------------------------- the box

bool runs(const op::ProcessState& process) {
  return process.pid != 0 && (process.tenant.empty() || process.serving);
}

void look_at_processes(const op::State& state, Observations& out) {
  const bool all_run = std::ranges::all_of(state.processes, runs);
  out.push_back({box_processes, all_run ? Standing::good : Standing::bad});
  for (const op::ProcessState& process : state.processes)
    if (!runs(process)) out.back().detail += (out.back().detail.empty() ? "" : ", ") + process.name;
}

void look_at_certificates(const FaultSight& sight, Observations& out) {
  Observation seen{box_certificates, Standing::good};
  for (const model::CertificateRoll::Own& own : sight.certificates.own) {
    if (!own.certificate || own.certificate->ends > sight.now) continue;
    seen.standing = Standing::bad;
    seen.detail += (seen.detail.empty() ? "" : ", ") + own.certificate->subject;
  }
  out.push_back(std::move(seen));
}

void look_at_box(const FaultSight& sight, Observations& out) {
  const op::State& state = sight.diagnosis.state;
  const auto all = [](const model::Cut& cut) { return cut.what == model::Cut::What::everything; };
  const bool is_cut = std::ranges::any_of(state.cuts, all);
  look_at_processes(state, out);
  out.push_back({box_clock, good_if(state.clock.is_right())});
  out.push_back({box_records, good_if(state.intake != model::Intake::closed)});
  out.push_back({box_rules, good_if(state.kernel_rules)});
  const bool is_proved = state.proof.ended.count() != 0;
  out.push_back({box_isolation, is_proved ? good_if(state.proof.broken == 0) : Standing::unknown});
  out.push_back({box_open, good_if(!is_cut && state.intake != model::Intake::unclaimed)});
  look_at_certificates(sight, out);
}

// ---------------------------------------------------------------- cables

void look_at_cables(const NetworkRoll::Port& port, const NetworkLook& network, Observations& out) {
  const ObservationId link = port.side == NetworkRoll::Side::wan ? wan_link : lan_link;
  for (const std::string& cable : cables_of(port)) {
    const std::string_view state = state_of(network.link(port.side, cable));
    const bool is_there = state == "up" || state == "no_cable";
    out.push_back({box_ports, good_if(is_there), cable});
    out.push_back({link, is_there ? good_if(state == "up") : Standing::unknown, cable});
  }
}

Standing answer_of(const model::IpAddress& address, const NetworkSight::Link* link) {
  if (link == nullptr) return Standing::unknown;
  const auto has = [&](const auto& list) { return std::ranges::find(list, address) != list.end(); };
  if (has(link->answering)) return Standing::good;
  return has(link->silent) ? Standing::bad : Standing::unknown;
}

void look_at_wan(const NetworkRoll::Port& configured, const NetworkLook& network, Observations& out) {
  if (configured.ipv4 == model::Ipv4Source::dhcp)
    out.push_back({wan_lease, good_if(network.state.borrowed.has_value()), configured.interface});
  const NetworkRoll::Port port = with_lease(configured, network.state);
  for (const model::IpAddress& gateway : port.gateways)
    out.push_back({gateway_answers, answer_of(gateway, network.link(port)), gateway.to_text()});
}

void look_at_ports(const NetworkLook& network, Observations& out) {
  for (const NetworkRoll::Port& port : network.roll.ports) {
    if (port.side == NetworkRoll::Side::mgmt) continue;
    look_at_cables(port, network, out);
    if (port.side == NetworkRoll::Side::wan) {
      look_at_wan(port, network, out);
      continue;
    }
    const NetworkSight::Link* link = network.link(port);
    const bool is_heard = link != nullptr && !link->answering.empty();
    out.push_back({lan_neighbours, is_heard ? Standing::good : Standing::unknown, port.interface});
  }
}

// ---------------------------------------------------------------- services

/// The stages of a trial, in their order; what a trial came to behind a stage shows that it was passed.
constexpr ObservationId kStages[] = {trial_box, trial_name, trial_connection, trial_door, trial_handshake};
/// What is looked at once the handshake is made.
constexpr ObservationId kMade[] = {trial_terms, trial_identity, trial_date, trial_certificate};

/// How a trial that did not go well ended, and the stage whose passing it shows: those before are good.
struct End {
  CloseReason outcome;
  ObservationId bad;
  std::size_t passed;
};
constexpr End kEnds[] = {
    {CloseReason::upstream_unresolved, trial_name, 1},
    {CloseReason::upstream_forbidden, trial_name_allowed, 2},
    {CloseReason::upstream_timeout, trial_connection, 2},
    {CloseReason::upstream_refused, trial_door, 3},
    {CloseReason::upstream_tls_timeout, trial_handshake, 4},
    {CloseReason::upstream_closed, trial_handshake, 4},
    {CloseReason::upstream_tls_failed, trial_terms, 4},
    {CloseReason::upstream_tls_alert, trial_terms, 4},
    {CloseReason::upstream_certificate_untrusted, trial_identity, 4},
    {CloseReason::upstream_certificate_name, trial_identity, 4},
    {CloseReason::upstream_certificate_pin, trial_identity, 4},
    {CloseReason::upstream_certificate_expired, trial_date, 4},
    {CloseReason::upstream_certificate_usage, trial_certificate, 4},
    {CloseReason::upstream_certificate_weak, trial_certificate, 4},
    {CloseReason::upstream_certificate_malformed, trial_certificate, 4},
    {CloseReason::upstream_certificate_revoked, trial_certificate, 4},
    {CloseReason::upstream_certificate_status_unknown, trial_revocation, 4},
};

/// Every other end is the box's own, or one of the handshake.
End end_of(const ServiceTrial& trial) {
  const auto* found = std::ranges::find(kEnds, trial.outcome, &End::outcome);
  if (found != std::end(kEnds)) return *found;
  if (failed_at(trial) == Step::handshake) return {trial.outcome, trial_handshake, 4};
  return {trial.outcome, trial_box, 0};
}

/// What was not come to.
void look_at_untried(const std::string& name, Observations& out) {
  for (const ObservationId stage : kStages) out.push_back({stage, Standing::unknown, name});
}

void look_at_trial(const ServiceTrial& trial, Observations& out) {
  const std::string name = trial.tenant + "/" + trial.service;
  const bool is_reached = trial.outcome == CloseReason::finished;
  const bool is_secured = is_reached && !trial.tls.empty();
  const std::size_t passed = is_secured ? std::size(kStages) : is_reached ? 4 : end_of(trial).passed;
  for (std::size_t i = 0; i < std::size(kStages); ++i) {
    const bool says_nothing = i >= passed || (kStages[i] == trial_name && !trial.by_name);
    if (is_reached || kStages[i] != end_of(trial).bad)
      out.push_back({kStages[i], says_nothing ? Standing::unknown : Standing::good, name});
  }
  if (is_secured)
    for (const ObservationId made : kMade) out.push_back({made, Standing::good, name});
  if (is_reached) return;
  const std::string reason(to_string(trial.outcome));
  out.push_back(
      {end_of(trial).bad, Standing::bad, name, trial.detail.empty() ? reason : reason + ": " + trial.detail});
}

/// It came across the gateway, and back.
bool is_beyond(const ServiceTrial& trial, const NetworkLook& network) {
  if (trial.remote.port == 0) return false;
  for (const NetworkRoll::Port& port : network.roll.ports) {
    if (port.side != NetworkRoll::Side::wan) continue;
    for (const model::Prefix& prefix : with_lease(port, network.state).addresses)
      if (prefix.contains(trial.remote.address)) return false;
  }
  return true;
}

void look_at_services(const FaultSight& sight, Observations& out) {
  const model::ServiceTrials& all = sight.diagnosis.trials;
  const bool tells = is_fresh(all.ended.count() != 0 ? all.ended : all.began, sight);
  std::set<std::string> open;
  for (const auto& row : sight.rules.rows) open.insert(row.tenant + "/" + row.service);
  bool carries = false;
  for (const ServiceTrial& trial : all.trials) {
    if (!tells) break;
    open.erase(trial.tenant + "/" + trial.service);
    look_at_trial(trial, out);
    carries = carries || is_beyond(trial, sight.network);
  }
  for (const std::string& name : open) look_at_untried(name, out);
  // What went over a cable that is out by now was before it was.
  const auto is_out = [](const Observation& one) {
    return one.id == wan_link && one.standing == Standing::bad;
  };
  if (std::ranges::any_of(out, is_out)) carries = false;
  out.push_back({line_carries, carries ? Standing::good : Standing::unknown});
}

}  // namespace

Observations observations_in(const FaultSight& sight) {
  Observations out;
  look_at_terminals(sight, out);
  look_at_ports(sight.network, out);
  look_at_box(sight, out);
  look_at_services(sight, out);
  return out;
}

}  // namespace gw::control::web
