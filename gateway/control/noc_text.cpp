#include "control/noc_text.h"

#include "base/build_time.h"
#include "base/json.h"
#include "base/text.h"

namespace gw::control {
namespace {

// RFC 5424 6.2.1: "log audit" for what people did, "security" for the rest; and severities.
constexpr unsigned kLogAudit = 13, kSecurity = 10;
constexpr unsigned kSeverities[] = {6, 4, 3};  // of Level
/// RFC 5612: an enterprise number for documentation, as long as the product has none of its own.
constexpr const char* kElement = "sekisho@32473";

/// RFC 5424 6: a header's field that is not there.
std::string or_nil(const std::string& text) { return text.empty() ? "-" : text; }

std::string time_of(std::chrono::milliseconds since_1970) { return to_timestamp(CivilTime(since_1970)); }

std::string json_of(const ipc::op::ProcessState& process) {
  return JsonObject()
      .text("name", process.name)
      .text("tenant", process.tenant)
      .flag("running", process.pid != 0)
      .flag("serving", process.serving)
      .number("restarts", process.restarts)
      .take();
}

std::string json_of(spool::Class of, const spool::Tally& tally) {
  return JsonObject()
      .text("class", to_string(of))
      .number("last", tally.last)
      .number("acknowledged", tally.acknowledged)
      .number("waiting", tally.entries)
      .number("dropped", tally.dropped)
      .take();
}

const char* to_string(model::Intake intake) {
  constexpr const char* kWords[] = {"open", "closed", "unclaimed"};
  return kWords[static_cast<std::size_t>(intake)];
}

}  // namespace

std::string syslog_of(const RecordStore::Kept& kept, const audit::Record& record, const std::string& site,
                      spool::Class of, std::uint64_t number) {
  const unsigned facility = of == spool::Class::audit ? kLogAudit : kSecurity;
  const unsigned severity = kSeverities[static_cast<std::size_t>(level_of(record.event.id()))];
  std::string out = "<" + std::to_string(8 * facility + severity) + ">1 ";
  out += to_timestamp(record.time) + " " + or_nil(site) + " sekisho " + or_nil(record.process) + " ";
  out.append(to_string(record.event.id())).append(" [").append(kElement);
  out.append(" class=\"").append(to_string(of)).append("\" number=\"").append(std::to_string(number));
  out.append("\" record=\"").append(std::to_string(kept.number)).append("\" link=\"");
  return out.append(to_hex(kept.link)).append("\"] ").append(kept.line);
}

std::string state_text(const ipc::op::State& state, const std::string& site,
                       const std::vector<spool::Tally>& tallies) {
  std::vector<std::string> processes, classes;
  for (const ipc::op::ProcessState& process : state.processes) processes.push_back(json_of(process));
  for (std::size_t i = 0; i < tallies.size(); ++i)
    classes.push_back(json_of(static_cast<spool::Class>(i), tallies[i]));
  JsonObject out;
  out.text("format", "sekisho.state/1").text("site", site).text("time", time_of(state.clock.now));
  out.text("release", to_timestamp(build_time())).number("generation", state.generation.number());
  out.flag("clock_is_right", state.clock.is_right()).text("intake", to_string(state.intake));
  out.flag("kernel_rules", state.kernel_rules).number("cuts", state.cuts.size());
  if (state.proof.ended.count() != 0) out.text("proved", time_of(state.proof.ended));
  out.number("held", state.proof.held).number("broken", state.proof.broken);
  out.number("unproven", state.proof.unproven);
  out.raw("processes", json_list(processes)).raw("waiting", json_list(classes));
  return out.take();
}

}  // namespace gw::control
