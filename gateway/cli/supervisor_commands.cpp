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
    print("generation " + generation +
          " is in force; sessions kept: " + std::to_string(published.sessions_kept) +
          ", closed: " + std::to_string(published.sessions_closed) + "\n");
  if (call.format == Format::text && !warnings.empty()) complain("it is in force, and yet:\n" + warnings);
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
    complain("not published, the configuration before stays in force: " + error.to_text() + "\n" + report);
  return rejected.code == ErrorCode::publication_busy ? kBusy : kFailed;
}

Result<std::string> report_in(const ipc::Frame& answer) {
  GW_TRY(const auto bytes, sys::read_sealed(answer.fds[0].get(), kMostReport));
  return with_file_name(std::string(as_text(bytes)), "kept configuration");
}

Result<int> understand_publication(const Call& call, const ipc::Frame& answer) {
  if (answer.type == ipc::type_number(op::Msg::published)) {
    GW_TRY(const op::Published published, decode<op::Published>(answer.body));
    GW_TRY(const std::string warnings, report_in(answer));
    return tell_published(call, published, warnings);
  }
  if (answer.type != ipc::type_number(op::Msg::rejected)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const op::Rejected rejected, decode<op::Rejected>(answer.body));
  GW_TRY(const std::string report, report_in(answer));
  return tell_rejected(call, rejected, report);
}

std::string to_text(const op::ProofState& proof) {
  if (proof.ended.count() == 0) return "not proved yet";
  const std::string when = "at " + to_timestamp(CivilTime(proof.ended));
  if (proof.broken == 0 && proof.unproven == 0)
    return "proved " + when + ", " + std::to_string(proof.held) + " of " + std::to_string(proof.held) +
           " held";
  return std::string(proof.broken != 0 ? "BROKEN " : "not wholly proved ") + when + ": " +
         std::to_string(proof.broken) + " things worked that must not, " + std::to_string(proof.unproven) +
         " could not be tried; see sekisho isolation show";
}

std::string to_text(const op::ClockState& clock) {
  if (clock.is_right()) return "";
  return "clock    WRONG: it says " + to_timestamp(CivilTime(clock.now)) + " and cannot be before " +
         to_timestamp(CivilTime(clock.earliest)) +
         ". No tenant is started until it is set; then the box goes on by itself. If it is right, say " +
         "sekisho clock trust --reason TEXT\n";
}

bool is_block(const model::Cut& cut) { return cut.what == model::Cut::What::certificates; }

std::string blocks_as_text(const std::vector<model::Cut>& cuts) {
  std::string out;
  for (const model::Cut& cut : cuts)
    if (is_block(cut)) out.append("blocked  ").append(cut.to_text()).append("\n");
  return out;
}

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

std::string to_text(const op::State& state) {
  std::string out = "generation " + std::to_string(state.generation.number());
  out.append(state.kernel_rules ? "\n" : ", without kernel rules\n");
  out.append(to_text(state.clock));
  if (state.intake == model::Intake::closed) out.append("no session begins: there is no room for records\n");
  if (state.intake == model::Intake::unclaimed)
    out.append("no session begins: nobody has claimed the box with the secret on its label yet\n");
  if (!state.makes_backups) out.append("no backups are made: the configuration has no `backup`\n");
  for (const model::Cut& cut : state.cuts)
    if (!is_block(cut)) out.append("cut off  ").append(cut.to_text()).append("\n");
  out += blocks_as_text(state.cuts);
  for (const op::ProcessState& process : state.processes) {
    out.append("process  ").append(process.name);
    if (!process.tenant.empty()) out.append(" of ").append(process.tenant);
    out.append(process.pid == 0 ? ": not running" : ": pid " + std::to_string(process.pid));
    out.append(process.serving ? ", serving" : ", not serving");
    out.append(", restarts: ").append(std::to_string(process.restarts)).append("\n");
  }
  for (const op::ListenerState& listener : state.listeners)
    out.append("listener ")
        .append(listener.endpoint.to_text())
        .append(" of ")
        .append(listener.tenant.empty() ? "the box itself" : listener.tenant)
        .append("\n");
  return out + "isolation " + to_text(state.proof) + "\n";
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
  print(call.format == Format::json ? to_json(*state) : to_text(*state));
  return kOk;
}

}  // namespace gw::cli
