#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/clock.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;

constexpr std::size_t kMostReport = 1024 * 1024;

int tell_published(const Call& call, const op::Published& published, const std::string& warnings) {
  const std::string generation = std::to_string(published.generation.number());
  if (call.format == Format::json)
    print(JsonObject()
              .flag("published", true)
              .number("generation", published.generation.number())
              .number("sessions_kept", published.sessions_kept)
              .number("sessions_closed", published.sessions_closed)
              .text("report", warnings)
              .take() +
          "\n");
  else
    print(said(
        call.language, Text::published,
        {generation, std::to_string(published.sessions_kept), std::to_string(published.sessions_closed)}));
  if (call.format == Format::text && !warnings.empty())
    complain(said(call.language, Text::published_yet, {warnings}));
  return kOk;
}

int tell_rejected(const Call& call, const op::Rejected& rejected, const std::string& report) {
  const Error error{rejected.code, rejected.detail};
  if (call.format == Format::json)
    print(JsonObject()
              .flag("published", false)
              .text("code", to_string(rejected.code))
              .text("detail", rejected.detail)
              .text("report", report)
              .take() +
          "\n");
  else
    complain(said(call.language, Text::not_published, {error.to_text(), report}));
  return rejected.code == ErrorCode::publication_busy ? kBusy : kFailed;
}

Result<std::string> report_in(const ipc::Frame& answer, Language language) {
  GW_TRY(const auto bytes, sys::read_sealed(answer.fds[0].get(), kMostReport));
  return report_about("kept configuration", std::string(as_text(bytes)), language);
}

Result<int> understand_publication(const Call& call, const ipc::Frame& answer) {
  if (answer.type == ipc::type_number(op::Msg::published)) {
    GW_TRY(const op::Published published, decode<op::Published>(answer.body));
    GW_TRY(const std::string warnings, report_in(answer, call.language));
    return tell_published(call, published, warnings);
  }
  if (answer.type != ipc::type_number(op::Msg::rejected)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const op::Rejected rejected, decode<op::Rejected>(answer.body));
  GW_TRY(const std::string report, report_in(answer, call.language));
  return tell_rejected(call, rejected, report);
}

std::string to_text(const op::ProofState& proof, Language language) {
  if (proof.ended.count() == 0) return said(language, Text::proof_none);
  const std::string when = to_timestamp(CivilTime(proof.ended));
  if (proof.broken == 0 && proof.unproven == 0)
    return said(language, Text::proof_whole, {when, std::to_string(proof.held)});
  return said(language, proof.broken != 0 ? Text::proof_broken : Text::proof_unproven,
              {when, std::to_string(proof.broken), std::to_string(proof.unproven)});
}

std::string to_text(const op::ClockState& clock, Language language) {
  if (clock.is_right()) return "";
  return said(language, Text::state_clock,
              {to_timestamp(CivilTime(clock.now)), to_timestamp(CivilTime(clock.earliest))});
}

bool is_block(const model::Cut& cut) { return cut.what == model::Cut::What::certificates; }

std::string blocks_as_json(const std::vector<model::Cut>& cuts) {
  std::vector<std::string> blocks;
  for (const model::Cut& cut : cuts)
    if (is_block(cut))
      blocks.push_back(JsonObject()
                           .text("tenant", cut.tenant)
                           .text("terminal", cut.name)
                           .text("certificate", cut.certificate)
                           .take());
  return json_list(blocks);
}

std::string to_text(const op::ProcessState& process, Language language) {
  const std::string name =
      process.tenant.empty() ? process.name : said(language, Text::state_of, {process.name, process.tenant});
  const std::string pid = process.pid == 0 ? said(language, Text::state_not_running)
                                           : said(language, Text::state_pid, process.pid);
  const std::string serves = said(language, process.serving ? Text::state_serving : Text::state_not_serving);
  return said(language, Text::state_process, {name, pid, serves, std::to_string(process.restarts)});
}

std::string to_text(const op::ListenerState& listener, Language language) {
  const std::string whose = listener.tenant.empty() ? said(language, Text::state_own) : listener.tenant;
  return said(language, Text::state_listener, {listener.endpoint.to_text(), whose});
}

std::string to_text(const op::State& state, Language language) {
  std::string out = said(language, Text::state_generation,
                         {std::to_string(state.generation.number()),
                          state.kernel_rules ? "" : said(language, Text::state_no_rules)});
  out.append(to_text(state.clock, language));
  if (state.intake == model::Intake::closed) out.append(said(language, Text::state_no_room));
  if (state.intake == model::Intake::unclaimed) out.append(said(language, Text::state_unclaimed));
  if (!state.makes_backups) out.append(said(language, Text::state_no_backups));
  for (const model::Cut& cut : state.cuts)
    if (!is_block(cut)) out.append(said(language, Text::state_cut, {cut.to_text()}));
  for (const model::Cut& cut : state.cuts)
    if (is_block(cut)) out.append(said(language, Text::state_blocked, {cut.to_text()}));
  for (const op::ProcessState& process : state.processes) out.append(to_text(process, language));
  for (const op::ListenerState& listener : state.listeners) out.append(to_text(listener, language));
  return out + said(language, Text::state_isolation, {to_text(state.proof, language)});
}

std::string to_json(const op::ProofState& proof) {
  return JsonObject()
      .number("ended_ms", static_cast<std::uint64_t>(proof.ended.count()))
      .number("held", proof.held)
      .number("broken", proof.broken)
      .number("unproven", proof.unproven)
      .take();
}

std::string to_json(const op::ClockState& clock) {
  return JsonObject()
      .flag("right", clock.is_right())
      .number("now_ms", static_cast<std::uint64_t>(clock.now.count()))
      .number("earliest_ms", static_cast<std::uint64_t>(clock.earliest.count()))
      .take();
}

std::string to_json(const op::State& state) {
  std::vector<std::string> processes, listeners, cuts;
  for (const model::Cut& cut : state.cuts)
    if (!is_block(cut))
      cuts.push_back(JsonObject()
                         .text("what", model::to_string(cut.what))
                         .text("tenant", cut.tenant)
                         .text("name", cut.name)
                         .take());
  for (const op::ProcessState& process : state.processes)
    processes.push_back(JsonObject()
                            .text("name", process.name)
                            .text("tenant", process.tenant)
                            .number("pid", process.pid)
                            .number("restarts", process.restarts)
                            .flag("serving", process.serving)
                            .take());
  for (const op::ListenerState& listener : state.listeners)
    listeners.push_back(JsonObject()
                            .text("tenant", listener.tenant)
                            .text("address", listener.endpoint.address.to_text())
                            .number("port", listener.endpoint.port)
                            .take());
  return JsonObject()
             .number("generation", state.generation.number())
             .flag("kernel_rules", state.kernel_rules)
             .raw("clock", to_json(state.clock))
             .flag("sessions_begin", state.intake == model::Intake::open)
             .raw("cuts", json_list(cuts))
             .raw("blocks", blocks_as_json(state.cuts))
             .raw("processes", json_list(processes))
             .raw("listeners", json_list(listeners))
             .raw("proof", to_json(state.proof))
             .flag("backups", state.makes_backups)
             .take() +
         "\n";
}

}  // namespace

int config_republish(const Call& call) {
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::republish), {}, {}, kPublication);
  if (!answer) return unanswered(call, answer.error());
  const Result<int> code = understand_publication(call, *answer);
  return code ? *code : unanswered(call, code.error());
}

int status(const Call& call) {
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::status), {}, {}, kAtOnce);
  if (!answer) return unanswered(call, answer.error());
  const auto state = decode<op::State>(answer->body);
  if (!state) return unanswered(call, state.error());
  print(call.format == Format::json ? to_json(*state) : to_text(*state, call.language));
  return kOk;
}

}  // namespace gw::cli
