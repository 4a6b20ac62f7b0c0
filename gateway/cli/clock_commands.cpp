#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;

/// Whose sessions the order has ended.
std::string consequence_of(const op::ClockTrusted& trusted) {
  if (trusted.compartments == 0) return "";
  return "the sessions of " + std::to_string(trusted.compartments) +
         (trusted.compartments == 1 ? " tenant" : " tenants") +
         " have ended: whoever judges certificates starts anew, with the clock as it is\n";
}

int tell(const Call& call, const op::ClockTrusted& trusted) {
  print(call.format == Format::json
            ? JsonObject().flag("done", true).number("compartments_restarted", trusted.compartments).take() +
                  "\n"
            : "the clock is believed from now on\n" + consequence_of(trusted));
  return kOk;
}

int understand(const Call& call, const ipc::Frame& answer) {
  if (answer.type == ipc::type_number(op::Msg::clock_trusted)) {
    const auto trusted = decode<op::ClockTrusted>(answer.body);
    return trusted ? tell(call, *trusted) : unanswered(call, trusted.error());
  }
  const auto rejected = decode<op::Rejected>(answer.body);
  return unanswered(call, rejected ? Error{rejected->code, rejected->detail} : rejected.error());
}

}  // namespace

int clock_trust(const Call& call) {
  if (call.reason.empty()) {
    complain("say why, for the record: --reason TEXT");
    return kUsage;
  }
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::trust_clock),
                          encode(op::ClockOrder{call.reason.substr(0, kForeignTextLimit)}), {}, kAtOnce);
  return answer ? understand(call, *answer) : unanswered(call, answer.error());
}

}  // namespace gw::cli
