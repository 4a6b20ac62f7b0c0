#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {

namespace op = ipc::op;

int clock_trust(const Call& call) {
  if (call.reason.empty()) {
    complain("say why, for the record: --reason TEXT");
    return kUsage;
  }
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::trust_clock),
                          encode(op::ClockOrder{call.reason.substr(0, kForeignTextLimit)}), {}, kAtOnce);
  if (!answer) return unanswered(call, answer.error());
  if (answer->type != ipc::type_number(op::Msg::done)) {
    const auto rejected = decode<op::Rejected>(answer->body);
    return unanswered(call, rejected ? Error{rejected->code, rejected->detail} : rejected.error());
  }
  print(call.format == Format::json ? JsonObject().flag("done", true).take() + "\n"
                                    : "the clock is believed from now on\n");
  return kOk;
}

}  // namespace gw::cli
