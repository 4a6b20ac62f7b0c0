// Setting the box up (ADM-04): people state what only they can know, the box judges the rest by what
// it is, and keeps the report.

#include "base/json.h"
#include "control/setup_findings.h"

namespace gw::control::web {
namespace {

using ipc::op::Msg;
using model::CertificateRoll;
using setup::Standing;
using setup::Step;

// ---------------------------------------------------------------- who the box is

Result<WebAnswer> identity_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(const auto roll,
         sealed_in<CertificateRoll>(said, Msg::certificate_roll, model::kMostCertificateRoll));
  JsonObject out;
  if (const auto* shown = shown_to_browsers(roll))
    out.text("subject", shown->subject)
        .text("serial", shown->serial)
        .text("sha256", to_hex(shown->fingerprint))
        .text("until", time_text(CivilTime(shown->ends)));
  return WebAnswer{.json = out.take()};
}

// ---------------------------------------------------------------- its steps

std::string json_of(const Standing& one) {
  JsonObject out;
  out.text("step", to_string(one.step)).text("state", to_string(one.state));
  if (one.word)
    out.text("stated", one.word->stated).text("by", one.word->by).text("at", time_text(one.word->at));
  return out.raw("findings", json_texts(one.findings)).take();
}

Result<WebAnswer> show(const WebAsk&, const WebAround& around, const BoxSight& sight) {
  GW_TRY(const auto findings, findings_of(sight, around));
  GW_TRY(const auto steps, around.setup.standings(findings));
  GW_TRY(const auto report, around.setup.report());
  JsonObject out;
  if (report) out.text("finished", time_text(report->at));
  out.raw("steps", json_each(steps, [](const Standing& one) { return json_of(one); }));
  return WebAnswer{.json = out.take()};
}

/// What the pages state of the operations centre, before whose it is; otherwise it comes later.
constexpr std::string_view kTold = "told: ";

/// The number of the last record of it; 0: there is none.
Result<std::uint64_t> last_of(EventId event, const WebAround& around) {
  model::RecordQuery query;
  query.event = to_string(event);
  GW_TRY(const auto found, around.store.find(query, UINT64_MAX, 1));
  return found.empty() ? 0 : found.front().number;
}

/// Whoever states that the centre is told has to be right by the records.
Result<> holds(Step step, std::string_view stated, const WebAround& around) {
  if (step != Step::noc || !stated.starts_with(kTold)) return Done{};
  GW_TRY(const std::uint64_t reached, last_of(EventId::noc_reached, around));
  GW_TRY(const std::uint64_t unreached, last_of(EventId::noc_unreached, around));
  if (reached > unreached) return Done{};
  return Error{ErrorCode::setup_out_of_order, "noc: the centre does not answer"};
}

Result<WebAnswer> state(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  GW_TRY(const auto findings, findings_of(sight, around));
  const auto step = setup::parse_step(ask.text(0));
  if (!step) return Error{ErrorCode::setup_out_of_order, "there is no such step"};
  GW_TRY(holds(*step, ask.text(1), around));
  return nothing(around.setup.state(ask.actor, *step, ask.text(1), findings, ask.told));
}

std::string json_of(const setup::Report& report) {
  return JsonObject()
      .text("by", report.by)
      .text("at", time_text(report.at))
      .text("sha256", report.digest())
      .text("report", report.text)
      .take();
}

Result<WebAnswer> finish(const WebAsk& ask, const WebAround& around, const BoxSight& sight) {
  GW_TRY(const auto findings, findings_of(sight, around));
  GW_TRY(around.setup.may_finish(findings));
  GW_TRY(const auto steps, around.setup.standings(findings));
  const CivilTime now = around.clock.civil_now();
  const setup::Report report{ask.actor.name, now, report_of(sight, ask, around, steps, now)};
  GW_TRY(around.setup.finish(ask.actor, report, findings, ask.told));
  return WebAnswer{.json = json_of(report)};
}

}  // namespace

Result<WebAnswer> setup_identity(const WebAsk&, const WebAround&) {
  return asks(Msg::certificates, {}, identity_finish);
}

Result<WebAnswer> setup_show(const WebAsk&, const WebAround&) { return looks<show>(); }
Result<WebAnswer> setup_step(const WebAsk&, const WebAround&) { return looks<state>(); }
Result<WebAnswer> setup_finish(const WebAsk&, const WebAround&) { return looks<finish>(); }

Result<WebAnswer> setup_report(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto report, around.setup.report());
  if (!report) return Error{ErrorCode::setup_out_of_order, "it was not made yet"};
  return WebAnswer{.json = json_of(*report)};
}

}  // namespace gw::control::web
