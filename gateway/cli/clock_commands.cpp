#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;

/// Whose sessions the order has ended.
std::string consequence_of(const op::ClockTrusted& trusted, Language language) {
  if (trusted.compartments == 0) return "";
  return said(language, trusted.compartments == 1 ? Text::clock_ended_one : Text::clock_ended,
              trusted.compartments);
}

int tell(const Call& call, const op::ClockTrusted& trusted) {
  print(call.format == Format::json
            ? JsonObject().flag("done", true).number("compartments_restarted", trusted.compartments).take() +
                  "\n"
            : said(call.language, Text::clock_trusted) + consequence_of(trusted, call.language));
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
    complain(said(call.language, Text::needs_reason));
    return kUsage;
  }
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::trust_clock),
                          encode(op::ClockOrder{call.reason.substr(0, kForeignTextLimit)}), {}, kAtOnce);
  return answer ? understand(call, *answer) : unanswered(call, answer.error());
}

}  // namespace gw::cli
