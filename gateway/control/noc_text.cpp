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

const char* to_string(model::Intake intake) {
  constexpr const char* kWords[] = {"open", "closed", "unclaimed"};
  return kWords[static_cast<std::size_t>(intake)];
}

/// Writes members as the rows of state_fields.def name them.
class Members {
 public:
  void text(std::string_view name, std::string_view value) { out_.text(name, value); }
  void number(std::string_view name, std::uint64_t value) { out_.number(name, value); }
  void flag(std::string_view name, bool value) { out_.flag(name, value); }
  void list(std::string_view name, const std::vector<std::string>& value) {
    out_.raw(name, json_list(value));
  }
  /// Left out if it never came.
  void time(std::string_view name, std::chrono::milliseconds since_1970) {
    if (since_1970.count() != 0) out_.text(name, time_of(since_1970));
  }
  std::string take() { return out_.take(); }

 private:
  JsonObject out_;
};

std::string json_of(const ipc::op::ProcessState& process) {
  Members out;
#define GW_STATE_PROCESS(name, kind, value, help) out.kind(#name, value);
#include "control/state_fields.def"
  return out.take();
}

std::string json_of(spool::Class of, const spool::Tally& tally) {
  Members out;
#define GW_STATE_WAITING(name, kind, value, help) out.kind(#name, value);
#include "control/state_fields.def"
  return out.take();
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
                       std::span<const spool::Tally> tallies) {
  std::vector<std::string> processes, classes;
  for (const ipc::op::ProcessState& process : state.processes) processes.push_back(json_of(process));
  for (std::size_t i = 0; i < tallies.size(); ++i)
    classes.push_back(json_of(static_cast<spool::Class>(i), tallies[i]));
  Members out;
#define GW_STATE_FIELD(name, kind, value, help) out.kind(#name, value);
#include "control/state_fields.def"
  return out.take();
}

std::span<const StateField> state_fields() {
  static constexpr StateField kFields[] = {
#define GW_STATE_FIELD(name, kind, value, help) {#name, help},
#define GW_STATE_PROCESS(name, kind, value, help) {"processes." #name, help},
#define GW_STATE_WAITING(name, kind, value, help) {"waiting." #name, help},
#include "control/state_fields.def"
  };
  return kFields;
}

}  // namespace gw::control
