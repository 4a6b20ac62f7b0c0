// What administrators see of the running box and have done at once (ISO-09, ISO-10): the supervisor is asked,
// as it is from the box's own command line.

#include <algorithm>
#include <array>

#include "base/json.h"
#include "control/account_waits.h"
#include "control/detection_waits.h"
#include "control/incident_waits.h"
#include "control/web_errands.h"
#include "model/proof.h"
#include "model/session_roll.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using model::Cut;
using Msg = op::Msg;

constexpr std::uint64_t kUsual = 1'000;
constexpr std::chrono::days kExceptionNotice{30};
constexpr std::size_t kMostChanges = 100;  // the newest; an older one is stale by now

std::string time_of(std::chrono::milliseconds since) { return time_text(CivilTime(since)); }

// ---------------------------------------------------------------- as JSON

std::string json_of(const op::ProcessState& process) {
  return JsonObject()
      .text("name", process.name)
      .text("tenant", process.tenant)
      .flag("running", process.pid != 0)
      .number("restarts", process.restarts)
      .flag("serving", process.serving)
      .take();
}

std::string json_of(const op::ListenerState& listener) {
  return JsonObject()
      .text("tenant", listener.tenant)
      .text("address", listener.endpoint.address.to_text())
      .number("port", listener.endpoint.port)
      .take();
}

std::string json_of(const Cut& cut) {
  JsonObject out;
  out.text("what", to_string(cut.what));
  add_text(out, "tenant", cut.tenant);
  add_text(out, "name", cut.name);
  add_text(out, "certificate", cut.certificate);
  return out.take();
}

std::string json_of(const model::ProofCase& one) {
  return JsonObject()
      .text("way", one.way)
      .text("place", one.place)
      .text("tenant", one.tenant)
      .text("tried", one.tried)
      .text("outcome", to_string(one.outcome))
      .text("evidence", one.evidence)
      .take();
}

std::string json_of(const model::SessionRow& row) {
  return JsonObject()
      .text("tenant", row.tenant)
      .number("session", row.session.number())
      .text("terminal", row.terminal)
      .text("service", row.service)
      .text("rule", row.rule)
      .text("source", row.source.to_text())
      .text("began", time_of(row.began))
      .number("bytes_up", row.bytes_up)
      .number("bytes_down", row.bytes_down)
      .take();
}

template <class Things>
std::string json_of_all(const Things& things) {
  return json_each(things, [](const auto& thing) { return json_of(thing); });
}

// ---------------------------------------------------------------- the box

/// None for whoever may not see them.
Result<std::vector<maintenance::Request>> maintenances_for(const WebAsk& ask, const WebAround& around) {
  if (!accounts::may(ask.actor.role, accounts::Operation::maintenance_read))
    return std::vector<maintenance::Request>();
  return around.maintenance.list(ask.actor, kUsual, ask.told);
}

/// Changes that wait for a second person (ADM-12). None for whoever may not be that.
Result<std::vector<changes::Change>> unapproved_for(const WebAsk& ask, const WebAround& around) {
  if (!accounts::may(ask.actor.role, accounts::Operation::config_approve))
    return std::vector<changes::Change>();
  GW_TRY(auto changes, around.changes.newest(kMostChanges));
  std::erase_if(changes, [](const changes::Change& one) {
    const bool waits = one.state == changes::State::checked && one.widens && one.is_guarded;
    return !waits || !one.approved_by.empty();
  });
  return changes;
}

Result<bool> is_setup_open_for(const WebAsk& ask, const WebAround& around) {
  if (!accounts::may(ask.actor.role, accounts::Operation::setup)) return false;
  GW_TRY(const auto report, around.setup.report());
  return !report;
}

/// Exceptions whose service will refuse everybody soon, or does already (NET-02, D10).
void add_exceptions(const WebAround& around, std::vector<std::string>& out) {
  const CivilTime soon = around.clock.civil_now() + kExceptionNotice;
  for (const model::RuleRoll::Exception& one : around.reviews.rules().rules().exceptions)
    if (CivilTime(one.until) <= soon) out.push_back("exception.ends:" + one.tenant + "/" + one.service);
}

/// What waits for a person, by stable ids.
Result<std::vector<std::string>> waits(const WebAsk& ask, const WebAround& around) {
  std::vector<std::string> out;
  GW_TRY(const auto reviews, around.reviews.reviews().open());
  for (const review::Standing& one : reviews)
    out.push_back("review." + std::string(to_string(one.state)) + ":" + one.quarter.to_text());
  GW_TRY(const auto maintenances, maintenances_for(ask, around));
  for (const maintenance::Request& one : maintenances) {
    const std::string number = ":" + std::to_string(one.id.number());
    const bool is_undecided = one.is_emergency && one.decision.account == accounts::AccountId();
    if (one.state == maintenance::State::requested || is_undecided)
      out.push_back("maintenance.undecided" + number);
    if (one.state == maintenance::State::ended) out.push_back("maintenance.report" + number);
  }
  GW_TRY(const auto unapproved, unapproved_for(ask, around));
  for (const changes::Change& one : unapproved)
    out.push_back("change.unapproved:" + std::to_string(one.number.number()));
  if (!around.accounts.is_bootstrapped()) out.emplace_back("box.unclaimed");
  add_exceptions(around, out);
  GW_TRY(auto of_incidents, incident_waits(ask, around));
  std::ranges::move(of_incidents, std::back_inserter(out));
  GW_TRY(auto of_detections, detection_waits(around));
  std::ranges::move(of_detections, std::back_inserter(out));
  GW_TRY(auto of_accounts, account_waits(ask, around));
  std::ranges::move(of_accounts, std::back_inserter(out));
  GW_TRY(const bool is_open, is_setup_open_for(ask, around));
  if (is_open) out.emplace_back("setup.open");
  return out;
}

Result<WebAnswer> status_finish(const WebAsk& ask, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto state, decode<op::State>(said.body));
  GW_TRY(const auto confirmed, around.changes.confirmed());
  GW_TRY(const auto flying, around.changes.in_flight());
  GW_TRY(const auto waiting, waits(ask, around));
  JsonObject out;
  out.number("generation", state.generation.number()).number("confirmed", confirmed.number());
  if (flying) out.number("in_flight", flying->number.number());
  out.text("now", time_of(state.clock.now))
      .flag("clock_is_right", state.clock.is_right())
      .flag("sessions_begin", state.intake == model::Intake::open)
      .flag("kernel_rules", state.kernel_rules)
      .flag("makes_backups", state.makes_backups)
      .raw("processes", json_of_all(state.processes))
      .raw("listeners", json_of_all(state.listeners))
      .raw("cuts", json_of_all(state.cuts));
  if (state.proof.ended.count() != 0) out.text("proved", time_of(state.proof.ended));
  out.number("held", state.proof.held)
      .number("broken", state.proof.broken)
      .number("unproven", state.proof.unproven);
  if (state.proving.all != 0)
    out.number("proving_begun", state.proving.begun).number("proving_all", state.proving.all);
  add_text(out, "proving_by", state.proving.by);
  out.number("records", around.store.last())
      .number("records_signed", around.store.last_signed())
      .raw("waits", json_texts(waiting));
  return WebAnswer{.json = out.take()};
}

Result<WebAnswer> isolation_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(const auto proof, sealed_in<model::Proof>(said, Msg::proof, kMostProof));
  return WebAnswer{.json = JsonObject()
                               .number("generation", proof.generation.number())
                               .text("began", time_of(proof.began))
                               .text("ended", time_of(proof.ended))
                               .raw("cases", json_of_all(proof.cases))
                               .take()};
}

// ---------------------------------------------------------------- sessions

Result<WebAnswer> connections_finish(const WebAsk& ask, const WebAround&, const ipc::Frame& said) {
  GW_TRY(auto roll, sealed_in<model::SessionRoll>(said, Msg::session_roll, model::kMostSessionRoll));
  std::erase_if(roll.rows, [&](const model::SessionRow& row) {
    return (ask.has(0) && row.tenant != ask.text(0)) || (ask.has(1) && row.terminal != ask.text(1));
  });
  const std::size_t all = roll.rows.size();
  roll.rows.resize(std::min<std::uint64_t>(all, ask.number(2, kUsual)));
  return WebAnswer{.json = JsonObject()
                               .raw("connections", json_of_all(roll.rows))
                               .number("all", all)
                               .flag("is_cut", roll.is_cut)
                               .raw("silent", json_texts(roll.silent))
                               .take()};
}

// ---------------------------------------------------------------- cuts

Error unsuitable(const char* why) { return {ErrorCode::text_malformed, why}; }

/// Which names each kind of cut has.
struct Form {
  Cut::What what;
  bool has_tenant, has_name;
  const char* sentence;
};
constexpr Form kForms[] = {
    {Cut::What::everything, false, false, "everything has neither tenant nor name"},
    {Cut::What::tenant, true, false, "a tenant is named by `tenant` alone"},
    {Cut::What::service, true, true, "a service is named by `tenant` and `name`"},
    {Cut::What::terminal, true, true, "a terminal is named by `tenant` and `name`"},
    {Cut::What::source, false, true, "a source is an address in `name`, like 10.21.1.7 or fd00::7"},
};

Result<Cut> cut_in(const WebAsk& ask) {
  const auto* form =
      std::ranges::find_if(kForms, [&](const Form& one) { return to_string(one.what) == ask.text(0); });
  if (form == std::end(kForms)) return unsuitable("what: everything, tenant, service, terminal or source");
  if (ask.has(1) != form->has_tenant || ask.has(2) != form->has_name) return unsuitable(form->sentence);
  Cut cut{form->what, std::string(ask.text(1)), std::string(ask.text(2)), {}};
  if (cut.what != Cut::What::source) return cut;
  const auto address = model::IpAddress::parse(cut.name);
  if (!address) return unsuitable(form->sentence);
  cut.name = address->to_text();
  return cut;
}

Result<WebAnswer> order_cut(const WebAsk& ask, Msg order) {
  GW_TRY(const Cut cut, cut_in(ask));
  return asks(order, encode(op::CutOrder{cut, told_reason(ask, 3)}), done);
}

}  // namespace

Result<WebAnswer> box_status(const WebAsk&, const WebAround&) { return asks(Msg::status, {}, status_finish); }

Result<WebAnswer> isolation_proof(const WebAsk&, const WebAround&) {
  return asks(Msg::last_proof, {}, isolation_finish);
}

/// What comes of it is shown afterwards; the supervisor's record of it names who asked (LOG-01).
Result<WebAnswer> isolation_try(const WebAsk& ask, const WebAround&) {
  return asks(Msg::try_isolation, encode(administrator_of(ask)), done);
}

Result<WebAnswer> isolation_stop(const WebAsk& ask, const WebAround&) {
  return asks(Msg::stop_isolation, encode(administrator_of(ask)), done);
}

Result<WebAnswer> connections_list(const WebAsk&, const WebAround&) {
  return asks(Msg::connections, {}, connections_finish);
}

/// Recorded before it is ordered.
Result<WebAnswer> connections_end(const WebAsk& ask, const WebAround&) {
  const model::SessionId session(ask.number(1, 0));
  ask.told.push_back(accounts::told_of(EventId::session_end_ordered, ask.actor)
                         .add(Field::tenant, ask.text(0))
                         .add(Field::session, session.number()));
  return asks(Msg::end_connection, encode(op::EndConnection{std::string(ask.text(0)), session}), done);
}

Result<WebAnswer> cuts_make(const WebAsk& ask, const WebAround&) { return order_cut(ask, Msg::cut); }
Result<WebAnswer> cuts_undo(const WebAsk& ask, const WebAround&) { return order_cut(ask, Msg::restore); }

}  // namespace gw::control::web
